package lunora.processor.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.processor.model.FieldModel;
import lunora.processor.model.RecordModel;

/** The {@code Field} constants of a record, and the lambda that makes it from them. */
final class RecordFields {

  private final SourceFile file;
  private final RecordModel record;
  private final String recordName;
  private final Map<String, String> constants = new LinkedHashMap<>();

  RecordFields(SourceFile file, RecordModel record, ConstantNames names) {
    this.file = file;
    this.record = record;
    this.recordName = file.imports().use(record.name());
    record.fields().forEach(field -> names.reserveEnums(field.type()));
    for (FieldModel field : record.fields()) {
      constants.put(field.name(), names.claim(field.name(), "_FIELD"));
    }
  }

  /** The constant of a field. */
  String constant(String field) {
    return constants.getOrDefault(field, field);
  }

  void writeConstants() {
    Imports imports = file.imports();
    for (FieldModel field : record.fields()) {
      String type = imports.use(LunoraNames.FIELD) + "<" + recordName + ", ";
      String argument = new TypeCode(imports).boxed(field.type()) + "> ";
      Layout value =
          Layout.call(
              imports.use(LunoraNames.FIELD) + ".of",
              List.of(
                  Layout.text(Literals.quote(field.name())),
                  new CodecCode(imports).of(field.type()),
                  Layout.text(recordName + "::" + field.name())));
      String text = "{@link " + recordName + "#" + field.name() + "}.";
      file.constant(text, type + argument + constant(field.name()), value);
    }
  }

  /** {@code .field(A)} for each. */
  List<Layout> fieldCalls() {
    List<Layout> calls = new ArrayList<>();
    for (String constant : constants.values()) {
      calls.add(Layout.text(".field(" + constant + ")"));
    }
    return calls;
  }

  /** {@code .construct(values -> new Message(values.get(A)))}. */
  Layout constructCall() {
    List<Layout> arguments = new ArrayList<>();
    for (String constant : constants.values()) {
      arguments.add(Layout.text("values.get(" + constant + ")"));
    }
    Layout construction = Layout.call("new " + recordName, arguments);
    return Layout.call(".construct", List.of(Layout.assign("values ->", construction)));
  }
}
