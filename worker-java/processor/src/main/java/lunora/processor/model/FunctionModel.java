package lunora.processor.model;

import java.util.List;
import javax.lang.model.element.ExecutableElement;

/** One function of an app. The parameters do not include the context. */
public record FunctionModel(
    ExecutableElement element, Signature signature, List<FieldModel> params, ValueType result) {

  /** How a function is known. */
  public record Signature(FunctionKind kind, Visibility visibility, String path) {}

  /** Who may call it. */
  public enum Visibility {
    PUBLIC,
    INTERNAL
  }

  /** The method's name. */
  public String name() {
    return element.getSimpleName().toString();
  }
}
