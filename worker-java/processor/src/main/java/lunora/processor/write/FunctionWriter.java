package lunora.processor.write;

import java.util.ArrayList;
import java.util.List;
import lunora.processor.model.FieldModel;
import lunora.processor.model.FunctionKind;
import lunora.processor.model.FunctionModel;
import lunora.processor.model.FunctionModel.Visibility;
import lunora.processor.model.ValueType;

/** Writes what one function becomes. */
final class FunctionWriter {

  private final SourceFile file;
  private final Imports imports;
  private final FunctionNames names;
  private final FunctionModel function;

  FunctionWriter(SourceFile file, FunctionNames names, FunctionModel function) {
    this.file = file;
    this.imports = file.imports();
    this.names = names;
    this.function = function;
  }

  void write(String className) {
    String method = className + "#" + function.name();
    for (FieldModel param : function.params()) {
      writeParam(method, param);
    }
    if (function.result() instanceof ValueType.DocOf rows
        && function.signature().kind().namesRows()) {
      writeShape(className, method, rows);
    } else {
      writeDescriptor(className, method);
      writeFactory(method);
    }
  }

  private void writeParam(String method, FieldModel param) {
    String type = imports.use(LunoraNames.PARAM);
    Layout name = Layout.text(Literals.quote(param.name()));
    Layout codec = new CodecCode(imports).of(param.type());
    file.constant(
        "Parameter {@code " + param.name() + "} of {@link " + method + "}.",
        type + "<" + boxed(param.type()) + "> " + names.param(function, param),
        Layout.call(type + ".of", List.of(name, codec)));
  }

  private void writeDescriptor(String className, String method) {
    String type = imports.use(LunoraNames.FUNCTION_DESCRIPTOR);
    FunctionKind kind = function.signature().kind();
    boolean internal = function.signature().visibility() == Visibility.INTERNAL;
    Layout path = Layout.text(Literals.quote(function.signature().path()));
    Layout head = Layout.call(type + (internal ? ".internal" : ".named"), List.of(path));
    List<Layout> calls = new ArrayList<>();
    for (FieldModel param : function.params()) {
      calls.add(Layout.text(".param(" + names.param(function, param) + ")"));
    }
    if (!answersNothing()) {
      Layout codec = new CodecCode(imports).of(function.result());
      calls.add(Layout.call(".returns", List.of(codec)));
    }
    calls.add(Layout.call("." + kind.finisher(), List.of(handler(className))));
    String result = boxed(function.result());
    file.constant(
        "{@link " + method + "}.",
        type + "." + kind.descriptor() + "<" + result + "> " + names.descriptor(function),
        Layout.chain(head, calls));
  }

  private void writeShape(String className, String method, ValueType.DocOf rows) {
    String type = imports.use(LunoraNames.SHAPE_DESCRIPTOR);
    Layout name = Layout.text(Literals.quote(function.signature().path()));
    List<Layout> calls = new ArrayList<>();
    for (FieldModel param : function.params()) {
      calls.add(Layout.text(".param(" + names.param(function, param) + ")"));
    }
    calls.add(
        Layout.call("." + function.signature().kind().finisher(), List.of(handler(className))));
    file.constant(
        "{@link " + method + "}.",
        type + "<" + imports.use(rows.document()) + "> " + names.descriptor(function),
        Layout.chain(Layout.call(type + ".named", List.of(name)), calls));
  }

  private Layout handler(String className) {
    List<Layout> arguments = new ArrayList<>();
    arguments.add(Layout.text("ctx"));
    for (FieldModel param : function.params()) {
      arguments.add(Layout.text("args.get(" + names.param(function, param) + ")"));
    }
    Layout call = Layout.call(className + "." + function.name(), arguments);
    if (function.signature().kind().emits() || !answersNothing()) {
      return Layout.assign("(ctx, args) ->", call);
    }
    return Layout.group(
        Layout.text("(ctx, args) -> {"),
        new Layout.Hard(2),
        Layout.indented(2, call, Layout.text(";")),
        new Layout.Hard(2),
        Layout.text("return null;"),
        new Layout.Hard(0),
        Layout.text("}"));
  }

  private void writeFactory(String method) {
    String type = imports.use(LunoraNames.FUNCTION_CALL);
    TypeCode types = new TypeCode(imports);
    List<Layout> params = new ArrayList<>();
    List<Layout> calls = new ArrayList<>();
    for (FieldModel param : function.params()) {
      String declared = types.declared(param.type());
      String name = names.argument(param, type);
      params.add(Layout.text(declared + " " + name));
      calls.add(Layout.text(".with(" + names.param(function, param) + ", " + name + ")"));
    }
    calls.add(Layout.text(".build()"));
    String result = type + "<" + boxed(function.result()) + "> ";
    Layout start = Layout.text(type + ".of(" + names.descriptor(function) + ")");
    file.method(
        "A call of {@link " + method + "}.",
        Layout.call("public static " + result + names.factory(function), params),
        Layout.chain(Layout.group(Layout.text("return "), start), calls));
  }

  private boolean answersNothing() {
    return function.result() instanceof ValueType.Nothing;
  }

  private String boxed(ValueType type) {
    return new TypeCode(imports).boxed(type);
  }
}
