package lunora.processor.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import lunora.processor.model.FunctionKind;
import lunora.processor.model.FunctionModel;
import lunora.processor.model.FunctionsModel;
import lunora.processor.model.HookKind;
import lunora.processor.model.HookModel;
import lunora.processor.model.MigrationModel;
import lunora.processor.model.PolicyModel;
import lunora.processor.model.TriggerModel;

/** Reads a {@code @Functions} class. */
public final class FunctionsReader {

  private final Compilation compilation;
  private final FunctionReader functions;
  private final HookReader hooks;
  private final PolicyReader policies;
  private final TriggerReader triggers;
  private final MigrationReader migrations;

  public FunctionsReader(Compilation compilation, ShapeReader shapes) {
    this.compilation = compilation;
    this.functions = new FunctionReader(compilation, shapes);
    this.hooks = new HookReader(compilation);
    this.policies = new PolicyReader(compilation, shapes);
    this.triggers = new TriggerReader(compilation.report());
    this.migrations = new MigrationReader(compilation, shapes);
  }

  /** The functions, or empty after an error. */
  public Optional<FunctionsModel> read(TypeElement type) {
    Mark mark = Mark.on(type, Api.FUNCTIONS).orElseThrow();
    boolean complete = compilation.isPlain(type, "a @Functions class");
    Optional<String> module = mark.text("value");
    if (module.isPresent() && !NameRules.isModule(module.get())) {
      compilation.report().error(mark, mark.value("value"), moduleRule(module.get()));
      complete = false;
    }
    List<FunctionModel> models = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Element member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement method && !kinds(method).isEmpty()) {
        Optional<FunctionModel> model = functions.read(method, module.orElse(""));
        model.ifPresent(models::add);
        complete &= model.isPresent();
        complete &= isOnlyOne(method, names);
      }
    }
    List<HookModel> hookModels = new ArrayList<>();
    for (Element member : type.getEnclosedElements()) {
      for (HookKind kind : HookKind.values()) {
        if (member instanceof ExecutableElement method
            && Mark.on(method, kind.annotation()).isPresent()) {
          Optional<HookModel> hook = hooks.read(method, kind, module.orElse(""));
          hook.ifPresent(hookModels::add);
          complete &= hook.isPresent();
        }
      }
    }
    List<PolicyModel> policyModels = new ArrayList<>();
    complete &= readPolicies(type, policyModels);
    List<MigrationModel> migrationModels = new ArrayList<>();
    complete &= readMigrations(type, migrationModels);
    List<TriggerModel> triggerModels = new ArrayList<>();
    for (FunctionModel model : models) {
      triggers.cron(model).ifPresent(triggerModels::add);
      triggers.queue(model).ifPresent(triggerModels::add);
    }
    return complete && module.isPresent()
        ? Optional.of(
            new FunctionsModel(
                type,
                List.copyOf(models),
                List.copyOf(hookModels),
                List.copyOf(triggerModels),
                List.copyOf(policyModels),
                List.copyOf(migrationModels)))
        : Optional.empty();
  }

  private boolean readPolicies(TypeElement type, List<PolicyModel> into) {
    boolean complete = true;
    for (Element member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement method
          && Mark.on(method, PolicyModel.ANNOTATION).isPresent()) {
        Optional<PolicyModel> policy = policies.read(method);
        policy.ifPresent(into::add);
        complete &= policy.isPresent();
      }
    }
    return complete;
  }

  private boolean readMigrations(TypeElement type, List<MigrationModel> into) {
    boolean complete = true;
    for (Element member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement method
          && Mark.on(method, MigrationModel.ANNOTATION).isPresent()) {
        Optional<MigrationModel> migration = migrations.read(method);
        migration.ifPresent(into::add);
        complete &= migration.isPresent();
      }
    }
    return complete;
  }

  private static String moduleRule(String module) {
    return "module name \""
        + module
        + "\": use letters, digits and underscores, a letter first, in parts separated by /";
  }

  private boolean isOnlyOne(ExecutableElement method, Set<String> names) {
    String name = method.getSimpleName().toString();
    if (names.add(name)) {
      return true;
    }
    String message = "two functions are named " + name + ": a call names no types; rename one";
    compilation.report().error(method, message);
    return false;
  }

  /** The kinds that a method is annotated with. */
  static List<FunctionKind> kinds(Element method) {
    List<FunctionKind> kinds = new ArrayList<>();
    for (FunctionKind kind : FunctionKind.values()) {
      Optional<Mark> mark = Mark.on(method, kind.annotation());
      if (mark.isPresent()
          && mark.get().isTrue("durable") == kind.isDurable()
          && kind.fits(takesGlobalContext(method))) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private static boolean takesGlobalContext(Element method) {
    if (!(method instanceof ExecutableElement function) || function.getParameters().isEmpty()) {
      return false;
    }
    String context = function.getParameters().get(0).asType().toString();
    return context.equals("lunora.api.GlobalQueryContext")
        || context.equals("lunora.api.GlobalMutationContext");
  }
}
