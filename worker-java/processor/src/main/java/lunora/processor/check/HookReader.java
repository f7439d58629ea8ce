package lunora.processor.check;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import lunora.processor.model.HookKind;
import lunora.processor.model.HookModel;

/**
 * Reads one {@code @OnConnect}, {@code @OnDisconnect}, {@code @OnShardInit} or {@code @OnWhisper}.
 */
final class HookReader {

  private final Compilation compilation;

  HookReader(Compilation compilation) {
    this.compilation = compilation;
  }

  /** The hook, or empty after an error. */
  Optional<HookModel> read(ExecutableElement method, HookKind kind, String module) {
    String role = "a @" + kind.simpleName() + " method ";
    boolean complete = true;
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      complete = refuse(method, role + "has to be static");
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      complete = refuse(method, role + "is private: generated code of its package calls it");
    }
    if (!method.getTypeParameters().isEmpty() || !method.getThrownTypes().isEmpty()) {
      complete = refuse(method, role + "cannot have type parameters or a throws clause");
    }
    List<? extends VariableElement> parameters = method.getParameters();
    if (parameters.size() != 2
        || !isApi(parameters.get(0).asType(), kind.context())
        || !isApi(parameters.get(1).asType(), kind.event())) {
      complete = refuse(method, role + "takes (" + kind.context() + ", " + kind.event() + ")");
    }
    TypeKind result = kind.decides() ? TypeKind.BOOLEAN : TypeKind.VOID;
    if (method.getReturnType().getKind() != result) {
      complete = refuse(method, role + "has to return " + (kind.decides() ? "boolean" : "nothing"));
    }
    String name = method.getSimpleName().toString();
    if (!NameRules.isDeclarable(name)) {
      complete = refuse(method, "function name " + name + ": " + NameRules.DECLARED);
    }
    return complete
        ? Optional.of(new HookModel(kind, name, module + ":" + name))
        : Optional.empty();
  }

  private boolean isApi(TypeMirror type, String simpleName) {
    TypeElement wanted = compilation.elements().getTypeElement("lunora.api." + simpleName);
    return type.getKind() == TypeKind.DECLARED
        && wanted != null
        && compilation.types().isSameType(type, wanted.asType());
  }

  private boolean refuse(Element at, String message) {
    compilation.report().error(at, message);
    return false;
  }
}
