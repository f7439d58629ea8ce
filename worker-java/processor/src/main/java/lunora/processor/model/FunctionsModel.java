package lunora.processor.model;

import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * A class of functions, hooks, row policies and migrations, and what calls its functions besides
 * clients.
 */
public record FunctionsModel(
    TypeElement element,
    List<FunctionModel> functions,
    List<HookModel> hooks,
    List<TriggerModel> triggers,
    List<PolicyModel> policies,
    List<MigrationModel> migrations) {

  public static final String SUFFIX = "Functions";

  public ClassName name() {
    return ClassName.of(element);
  }

  /** The class with the descriptors. */
  public ClassName generated() {
    return name().generated(SUFFIX);
  }
}
