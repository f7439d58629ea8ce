package lunora.processor.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lunora.processor.model.ClassName;
import lunora.processor.model.FunctionModel;
import lunora.processor.model.FunctionsModel;
import lunora.processor.model.HookModel;
import lunora.processor.model.MigrationModel;
import lunora.processor.model.PolicyModel;
import lunora.processor.model.TriggerModel;

/** Writes {@code XFunctions}: parameters, descriptor and call factory of each function. */
public final class FunctionsWriter {

  private static final String MODULE = "MODULE";

  private final FunctionsModel functions;
  private final SourceFile file;
  private final FunctionNames names;
  private final String className;

  private FunctionsWriter(FunctionsModel functions, Predicate<ClassName> exists) {
    this.functions = functions;
    this.file = new SourceFile(functions.generated(), functions.element(), exists);
    this.className = file.imports().use(functions.name());
    this.names = new FunctionNames(functions, MODULE);
  }

  public static SourceFile write(FunctionsModel functions, Predicate<ClassName> exists) {
    FunctionsWriter writer = new FunctionsWriter(functions, exists);
    writer.write();
    return writer.file;
  }

  private void write() {
    file.describe("Descriptors and calls of the functions of {@link " + className + "}.");
    for (FunctionModel function : functions.functions()) {
      new FunctionWriter(file, names, function).write(className);
    }
    String module = file.imports().use(LunoraNames.APP_MODULE);
    List<Layout> calls = new ArrayList<>();
    for (FunctionModel function : functions.functions()) {
      String kind = function.signature().kind().moduleMethod();
      calls.add(Layout.text("." + kind + "(" + names.descriptor(function) + ")"));
    }
    for (HookModel hook : functions.hooks()) {
      Layout path = Layout.text(Literals.quote(hook.path()));
      Layout method = Layout.text(className + "::" + hook.method());
      calls.add(Layout.call("." + hook.kind().moduleMethod(), List.of(path, method)));
    }
    for (PolicyModel policy : functions.policies()) {
      String access = file.imports().use(LunoraNames.ROW_ACCESS) + "." + policy.access();
      Layout table = Layout.text(file.imports().use(policy.table()) + ".TABLE");
      Layout method = Layout.text(className + "::" + policy.method());
      calls.add(Layout.call(".policy", List.of(table, Layout.text(access), method)));
    }
    for (TriggerModel trigger : functions.triggers()) {
      Layout source = Layout.text(Literals.quote(trigger.source()));
      Layout descriptor = Layout.text(names.descriptor(trigger.function()));
      calls.add(Layout.call("." + trigger.moduleMethod(), List.of(source, descriptor)));
    }
    for (MigrationModel migration : functions.migrations()) {
      calls.add(Layout.call(".migration", List.of(migration(migration))));
    }
    calls.add(Layout.text(".build()"));
    file.constant(
        "The functions of {@link " + className + "} as a module.",
        module + " " + MODULE,
        Layout.chain(Layout.text(module + ".create()"), calls));
  }

  private Layout migration(MigrationModel migration) {
    String start = file.imports().use(LunoraNames.DATA_MIGRATION) + ".of";
    Layout id = Layout.text(Literals.quote(migration.id()));
    Layout table = Layout.text(file.imports().use(migration.table()) + ".TABLE");
    List<Layout> calls = new ArrayList<>();
    migration.batch().ifPresent(rows -> calls.add(Layout.text(".batch(" + rows + ")")));
    migration
        .rollback()
        .ifPresent(name -> calls.add(Layout.text(".rollback(" + className + "::" + name + ")")));
    calls.add(Layout.text(".up(" + className + "::" + migration.method() + ")"));
    return Layout.chain(Layout.call(start, List.of(id, table)), calls);
  }
}
