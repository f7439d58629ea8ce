package lunora.processor.check;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import lunora.processor.model.ClassName;
import lunora.processor.model.PolicyModel;

/** Reads one {@code @Policy}. */
final class PolicyReader {

  private static final String ROLE = "a @Policy method ";
  private static final String DEFAULT_ACCESS = "READ_WRITE";

  private final Compilation compilation;
  private final ShapeReader shapes;

  PolicyReader(Compilation compilation, ShapeReader shapes) {
    this.compilation = compilation;
    this.shapes = shapes;
  }

  /** The policy, or empty after an error. */
  Optional<PolicyModel> read(ExecutableElement method) {
    boolean complete = true;
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      complete = refuse(method, ROLE + "has to be static");
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      complete = refuse(method, ROLE + "is private: generated code of its package calls it");
    }
    if (!method.getTypeParameters().isEmpty() || !method.getThrownTypes().isEmpty()) {
      complete = refuse(method, ROLE + "cannot have type parameters or a throws clause");
    }
    List<? extends VariableElement> parameters = method.getParameters();
    if (parameters.size() != 1
        || typeOf(parameters.get(0).asType(), "lunora.api.PolicyContext").isEmpty()) {
      complete = refuse(method, ROLE + "takes (PolicyContext)");
    }
    Optional<TypeElement> document = document(method);
    return complete && document.isPresent()
        ? Optional.of(
            new PolicyModel(
                method.getSimpleName().toString(), ClassName.of(document.get()), access(method)))
        : Optional.empty();
  }

  private Optional<TypeElement> document(ExecutableElement method) {
    Optional<DeclaredType> predicate =
        typeOf(method.getReturnType(), "lunora.schema.Predicate")
            .filter(type -> type.getTypeArguments().size() == 1)
            .filter(type -> type.getTypeArguments().get(0) instanceof DeclaredType);
    if (predicate.isEmpty()) {
      refuse(method, ROLE + "has to return a Predicate<T>, T being the document");
      return Optional.empty();
    }
    DeclaredType argument = (DeclaredType) predicate.get().getTypeArguments().get(0);
    TypeElement element = (TypeElement) argument.asElement();
    if (!shapes.isDocument(element)) {
      refuse(method, element.getSimpleName() + " is no document: mark the record with @Document");
      return Optional.empty();
    }
    return Optional.of(element);
  }

  private static String access(ExecutableElement method) {
    Optional<Object> value =
        Mark.on(method, PolicyModel.ANNOTATION)
            .flatMap(mark -> mark.value("value"))
            .map(AnnotationValue::getValue);
    return value.isPresent() && value.get() instanceof VariableElement constant
        ? constant.getSimpleName().toString()
        : DEFAULT_ACCESS;
  }

  private static Optional<DeclaredType> typeOf(TypeMirror type, String qualifiedName) {
    return type instanceof DeclaredType declared
            && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(qualifiedName)
        ? Optional.of(declared)
        : Optional.empty();
  }

  private boolean refuse(ExecutableElement at, String message) {
    compilation.report().error(at, message);
    return false;
  }
}
