package lunora.processor.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lunora.processor.model.ClassName;
import lunora.processor.model.RecordModel;
import lunora.processor.model.SealedModel;
import lunora.processor.model.ShapeModel;
import lunora.processor.model.ValueType.Holder;
import lunora.processor.model.ValueType.ObjectOf;

/** Writes {@code XCodec}: the codec of a record that is no document, or of a sealed interface. */
public final class CodecWriter {

  private static final String CODEC = "CODEC";

  private final SourceFile file;
  private final String typeName;

  private CodecWriter(ShapeModel shape, Predicate<ClassName> exists) {
    ClassName generated = shape.name().generated(Holder.CODEC.suffix());
    this.file = new SourceFile(generated, shape.element(), exists);
    this.typeName = file.imports().use(shape.name());
    file.describe("The wire form of {@link " + typeName + "}.");
  }

  public static SourceFile write(ShapeModel shape, Predicate<ClassName> exists) {
    CodecWriter writer = new CodecWriter(shape, exists);
    if (shape instanceof RecordModel record) {
      writer.writeRecord(record);
    } else if (shape instanceof SealedModel cases) {
      writer.writeSealed(cases);
    }
    return writer.file;
  }

  private void writeRecord(RecordModel record) {
    ConstantNames names = new ConstantNames();
    names.reserve(CODEC);
    names.reserve(record.name().outermost());
    RecordFields fields = new RecordFields(file, record, names);
    fields.writeConstants();
    List<Layout> calls = new ArrayList<>(fields.fieldCalls());
    calls.add(fields.constructCall());
    writeCodec(LunoraNames.OBJECT_CODEC, "object", calls);
  }

  private void writeSealed(SealedModel sealed) {
    List<Layout> calls = new ArrayList<>();
    for (ObjectOf each : sealed.cases()) {
      List<Layout> arguments =
          List.of(
              Layout.text(Literals.quote(each.name().simpleName())),
              Layout.text(file.imports().use(each.name()) + ".class"),
              Layout.text(new CodecCode(file.imports()).holder(each)));
      calls.add(Layout.call(".variant", arguments));
    }
    calls.add(Layout.text(".build()"));
    writeCodec(LunoraNames.SEALED_CODEC, "sealed", calls);
  }

  private void writeCodec(ClassName type, String factory, List<Layout> calls) {
    String head = file.imports().use(LunoraNames.CODECS) + ".<" + typeName + ">" + factory;
    String simpleName = typeName.substring(typeName.lastIndexOf('.') + 1);
    file.constant(
        "Reads and writes {@link " + typeName + "}.",
        file.imports().use(type) + "<" + typeName + "> " + CODEC,
        Layout.chain(Layout.call(head, List.of(Layout.text(Literals.quote(simpleName)))), calls));
  }
}
