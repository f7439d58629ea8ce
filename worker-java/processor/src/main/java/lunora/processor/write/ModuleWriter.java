package lunora.processor.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lunora.processor.model.AppModel;
import lunora.processor.model.ClassName;

/** Writes {@code XModule}: everything of the compilation as one module. */
public final class ModuleWriter {

  private ModuleWriter() {}

  public static SourceFile write(AppModel app, Predicate<ClassName> exists) {
    SourceFile file = new SourceFile(app.generated(), app.element(), exists);
    Imports imports = file.imports();
    String appName = imports.use(app.name());
    String module = imports.use(LunoraNames.APP_MODULE);
    file.describe("The documents and functions of {@link " + appName + "}.");
    List<Layout> calls = new ArrayList<>();
    for (ClassName table : app.tables()) {
      calls.add(Layout.text(".table(" + imports.use(table) + ".TABLE)"));
    }
    for (ClassName functions : app.functions()) {
      calls.add(Layout.text(".include(" + imports.use(functions) + ".MODULE)"));
    }
    for (String loss : app.accepted()) {
      calls.add(Layout.text(".accept(" + Literals.quote(loss) + ")"));
    }
    calls.add(Layout.text(".build()"));
    file.method(
        "Makes the module.",
        Layout.text("public static " + module + " create()"),
        Layout.chain(Layout.text("return " + module + ".create()"), calls));
    return file;
  }
}
