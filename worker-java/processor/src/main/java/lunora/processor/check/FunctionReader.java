package lunora.processor.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import lunora.processor.check.TypePlace.Role;
import lunora.processor.model.FieldModel;
import lunora.processor.model.FunctionKind;
import lunora.processor.model.FunctionModel;
import lunora.processor.model.FunctionModel.Signature;
import lunora.processor.model.FunctionModel.Visibility;
import lunora.processor.model.ValueType;

/**
 * Reads one {@code @Query}, {@code @Mutation}, {@code @Action}, {@code @Stream} or {@code @Shape}.
 */
final class FunctionReader {

  private final Compilation compilation;
  private final Report report;
  private final ShapeReader shapes;

  FunctionReader(Compilation compilation, ShapeReader shapes) {
    this.compilation = compilation;
    this.report = compilation.report();
    this.shapes = shapes;
  }

  /** The function, or empty after an error. */
  Optional<FunctionModel> read(ExecutableElement method, String module) {
    List<FunctionKind> kinds = FunctionsReader.kinds(method);
    FunctionKind kind = kinds.get(0);
    boolean complete = isOfOneKind(method, kinds);
    complete &= isCallable(method, kind);
    complete &= isNamed(method, kind, module);
    complete &= hasContext(method, kind);
    List<FieldModel> params = new ArrayList<>();
    for (VariableElement parameter : arguments(method)) {
      Optional<FieldModel> param = param(parameter);
      param.ifPresent(params::add);
      complete &= param.isPresent();
    }
    Optional<ValueType> result =
        kind.emits() && !complete ? Optional.empty() : result(method, kind);
    if (!complete || result.isEmpty()) {
      return Optional.empty();
    }
    Signature signature = new Signature(kind, visibility(method), path(method, kind, module));
    return Optional.of(new FunctionModel(method, signature, List.copyOf(params), result.get()));
  }

  /** What it answers, or each value that it emits. */
  private Optional<ValueType> result(ExecutableElement method, FunctionKind kind) {
    if (kind.namesRows()) {
      return shapes.types().rows(method);
    }
    if (!kind.emits()) {
      return shapes.types().read(method.getReturnType(), method, Role.RESULT);
    }
    VariableElement context = method.getParameters().get(0);
    return shapes.types().read(emitted(context).get(0), context, Role.RESULT);
  }

  /** The type argument of a stream's context. */
  private static List<? extends TypeMirror> emitted(VariableElement context) {
    return ((DeclaredType) context.asType()).getTypeArguments();
  }

  private boolean isOfOneKind(ExecutableElement method, List<FunctionKind> kinds) {
    if (kinds.size() == 1) {
      return true;
    }
    String both = "@" + kinds.get(0).simpleName() + " and @" + kinds.get(1).simpleName();
    report.error(method, "a function is of one kind, not " + both + ": remove one");
    return false;
  }

  private boolean isCallable(ExecutableElement method, FunctionKind kind) {
    String role = "a @" + kind.simpleName() + " method ";
    boolean callable = true;
    if (!method.getModifiers().contains(Modifier.STATIC)) {
      callable = refuse(method, role + "has to be static");
    }
    if (method.getModifiers().contains(Modifier.PRIVATE)) {
      callable = refuse(method, role + "is private: generated code of its package calls it");
    }
    if (!method.getTypeParameters().isEmpty()) {
      callable = refuse(method, role + "cannot have type parameters");
    }
    for (TypeMirror thrown : method.getThrownTypes()) {
      if (isChecked(thrown)) {
        callable =
            refuse(
                method,
                role
                    + "cannot throw "
                    + TypeText.of(thrown)
                    + ": catch it and throw a LunoraException, or an unchecked exception");
      }
    }
    if (kind.namesRows() && Mark.on(method, Api.INTERNAL).isPresent()) {
      callable = refuse(method, role + "is for clients alone: remove @Internal");
    }
    callable &= isUnambiguous(method);
    return callable;
  }

  private boolean isChecked(TypeMirror thrown) {
    return thrown.getKind() == TypeKind.DECLARED
        && !isSubtype(thrown, "java.lang.RuntimeException")
        && !isSubtype(thrown, "java.lang.Error");
  }

  private boolean isSubtype(TypeMirror type, String className) {
    TypeElement parent = compilation.elements().getTypeElement(className);
    return parent != null && compilation.types().isSubtype(type, parent.asType());
  }

  /** The generated call passes boxed values: another method of the name could take them. */
  private boolean isUnambiguous(ExecutableElement method) {
    TypeElement type = (TypeElement) method.getEnclosingElement();
    List<? extends Element> members = compilation.elements().getAllMembers(type);
    for (ExecutableElement other : ElementFilter.methodsIn(members)) {
      boolean confusing =
          !other.equals(method)
              && other.getSimpleName().equals(method.getSimpleName())
              && FunctionsReader.kinds(other).isEmpty()
              && (other.isVarArgs()
                  || other.getParameters().size() == method.getParameters().size());
      if (confusing) {
        String message = "a call of " + method.getSimpleName() + " could mean ";
        return refuse(method, message + other + " as well: rename one");
      }
    }
    return true;
  }

  private boolean isNamed(ExecutableElement method, FunctionKind kind, String module) {
    String name = method.getSimpleName().toString();
    if (!NameRules.isDeclarable(name)) {
      return refuse(method, "function name " + name + ": " + NameRules.DECLARED);
    }
    if (NameRules.isPathTooLong(path(method, kind, module))) {
      return refuse(method, "function path " + path(method, kind, module) + " is too long");
    }
    return true;
  }

  private boolean hasContext(ExecutableElement method, FunctionKind kind) {
    List<? extends VariableElement> parameters = method.getParameters();
    String wanted =
        "the first parameter of a @" + kind.simpleName() + " method has to be " + kind.context();
    if (parameters.isEmpty()) {
      return refuse(method, wanted);
    }
    TypeMirror first = parameters.get(0).asType();
    if (first.getKind() == TypeKind.ERROR) {
      return false;
    }
    TypeElement context = compilation.elements().getTypeElement("lunora.api." + kind.context());
    boolean same = context != null && isSame(first, context.asType());
    if (!same) {
      return refuse(parameters.get(0), wanted);
    }
    return !kind.emits() || emitsOneType(method);
  }

  private boolean isSame(TypeMirror type, TypeMirror context) {
    Types types = compilation.types();
    return types.isSameType(types.erasure(type), types.erasure(context));
  }

  private boolean emitsOneType(ExecutableElement method) {
    VariableElement context = method.getParameters().get(0);
    List<? extends TypeMirror> emitted = emitted(context);
    boolean complete = true;
    if (emitted.isEmpty() || emitted.get(0).getKind() == TypeKind.WILDCARD) {
      complete =
          refuse(
              context, "StreamContext has to say what is emitted, as StreamContext<String> does");
    }
    if (method.getReturnType().getKind() != TypeKind.VOID) {
      complete = refuse(method, "a @Stream method has to return nothing: it emits");
    }
    return complete;
  }

  private static List<? extends VariableElement> arguments(ExecutableElement method) {
    List<? extends VariableElement> parameters = method.getParameters();
    return parameters.isEmpty() ? List.of() : parameters.subList(1, parameters.size());
  }

  private Optional<FieldModel> param(VariableElement parameter) {
    String name = parameter.getSimpleName().toString();
    Optional<ValueType> type =
        shapes
            .types()
            .read(parameter.asType(), parameter, Role.PARAMETER)
            .flatMap(present -> shapes.constraints().apply(parameter, present));
    if (name.equals("__proto__")) {
      refuse(parameter, "a parameter cannot be named __proto__: no client can be asked to send it");
      return Optional.empty();
    }
    return type.map(present -> new FieldModel(name, present));
  }

  private static Visibility visibility(ExecutableElement method) {
    return Mark.on(method, Api.INTERNAL).isPresent() ? Visibility.INTERNAL : Visibility.PUBLIC;
  }

  private static String path(ExecutableElement method, FunctionKind kind, String module) {
    String name = method.getSimpleName().toString();
    return kind.namesRows() ? name : module + ":" + name;
  }

  private boolean refuse(Element at, String message) {
    report.error(at, message);
    return false;
  }
}
