package lunora.processor.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import lunora.processor.model.ClassName;
import lunora.processor.model.Enclosing;
import lunora.processor.model.MigrationModel;

/** Reads one {@code @Migration}. */
final class MigrationReader {

  private static final String ROLE = "a @Migration method ";
  private static final long BATCH_MAX = 1000;

  private final Compilation compilation;
  private final ShapeReader shapes;

  MigrationReader(Compilation compilation, ShapeReader shapes) {
    this.compilation = compilation;
    this.shapes = shapes;
  }

  /** The migration, or empty after an error. */
  Optional<MigrationModel> read(ExecutableElement method) {
    Mark mark = Mark.on(method, MigrationModel.ANNOTATION).orElseThrow();
    boolean complete = isCallable(method, ROLE);
    Optional<TypeElement> document = document(method);
    if (document.isEmpty() || !shapes.isDocument(document.get())) {
      complete = refuse(method, ROLE + "takes (MutationContext, Doc<T>), T being a @Document");
    }
    Optional<String> id = mark.text("value");
    if (id.isPresent() && !id.get().matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")) {
      compilation
          .report()
          .error(mark, mark.value("value"), "a migration's id has letters, digits, _ . and - only");
      complete = false;
    }
    OptionalLong batch = mark.number("batch");
    if (batch.isPresent() && (batch.getAsLong() < 1 || batch.getAsLong() > BATCH_MAX)) {
      compilation.report().error(mark, mark.value("batch"), "a batch has 1 to 1000 rows");
      complete = false;
    }
    Optional<String> rollback = mark.text("rollback").filter(name -> !name.isEmpty());
    if (rollback.isPresent() && document.isPresent()) {
      complete &= undoes(method, mark, rollback.get(), document.get());
    }
    return complete && id.isPresent() && document.isPresent()
        ? Optional.of(
            new MigrationModel(
                id.get(),
                method.getSimpleName().toString(),
                rollback,
                batch,
                ClassName.of(document.get())))
        : Optional.empty();
  }

  private boolean undoes(ExecutableElement method, Mark mark, String name, TypeElement document) {
    for (Element member : Enclosing.of(method).getEnclosedElements()) {
      if (member instanceof ExecutableElement other
          && other.getSimpleName().contentEquals(name)
          && document(other).filter(document::equals).isPresent()) {
        return isCallable(other, "a method that rolls a migration back ");
      }
    }
    String message = "no method " + name + " of this class takes the same parameters";
    compilation.report().error(mark, mark.value("rollback"), message);
    return false;
  }

  private boolean isCallable(ExecutableElement method, String role) {
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
    if (method.getReturnType().getKind() != TypeKind.VOID) {
      complete = refuse(method, role + "has to return nothing");
    }
    return complete;
  }

  /** The T of {@code (MutationContext, Doc<T>)}. */
  private static Optional<TypeElement> document(ExecutableElement method) {
    List<? extends VariableElement> parameters = method.getParameters();
    if (parameters.size() != 2
        || !isNamed(parameters.get(0).asType(), "lunora.api.MutationContext")
        || !isNamed(parameters.get(1).asType(), "lunora.schema.Doc")) {
      return Optional.empty();
    }
    DeclaredType doc = (DeclaredType) parameters.get(1).asType();
    return doc.getTypeArguments().size() == 1
            && doc.getTypeArguments().get(0) instanceof DeclaredType argument
        ? Optional.of((TypeElement) argument.asElement())
        : Optional.empty();
  }

  private static boolean isNamed(TypeMirror type, String qualifiedName) {
    return type instanceof DeclaredType declared
        && ((TypeElement) declared.asElement()).getQualifiedName().contentEquals(qualifiedName);
  }

  private boolean refuse(ExecutableElement at, String message) {
    compilation.report().error(at, message);
    return false;
  }
}
