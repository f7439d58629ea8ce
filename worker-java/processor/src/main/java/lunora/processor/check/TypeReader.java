package lunora.processor.check;

import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import lunora.processor.check.TypePlace.Depth;
import lunora.processor.check.TypePlace.Role;
import lunora.processor.model.ClassName;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.DocOf;
import lunora.processor.model.ValueType.EnumOf;
import lunora.processor.model.ValueType.Holder;
import lunora.processor.model.ValueType.IdOf;
import lunora.processor.model.ValueType.ListOf;
import lunora.processor.model.ValueType.MapOf;
import lunora.processor.model.ValueType.Nothing;
import lunora.processor.model.ValueType.OptionalOf;
import lunora.processor.model.ValueType.PageOf;
import lunora.processor.model.ValueType.Scalar;

/** Reads the type of a parameter, component or result. */
final class TypeReader {

  private final Compilation compilation;
  private final ShapeReader shapes;

  TypeReader(Compilation compilation, ShapeReader shapes) {
    this.compilation = compilation;
    this.shapes = shapes;
  }

  /** The type, or empty after an error was reported here or by javac. */
  Optional<ValueType> read(TypeMirror type, Element at, Role role) {
    return read(type, TypePlace.of(compilation.report(), at, role));
  }

  /** The document whose rows a shape has, by the {@code ShapeOf<T>} that its method returns. */
  Optional<ValueType> rows(ExecutableElement method) {
    TypeMirror type = method.getReturnType();
    if (type.getKind() == TypeKind.ERROR) {
      return Optional.empty(); // javac says so itself
    }
    TypePlace place = TypePlace.of(compilation.report(), method, Role.RESULT);
    if (isClass(type, "lunora.api.ShapeOf")) {
      List<? extends TypeMirror> of = ((DeclaredType) type).getTypeArguments();
      if (of.size() == 1) {
        return isGlobal(of.get(0))
            ? place.refuse("a shape has rows of a shard, not of a global table: watch a query")
            : document(of.get(0), place).map(DocOf::new);
      }
    }
    return place.refuse("a @Shape method has to return a ShapeOf<T>, T being the document");
  }

  private static boolean isGlobal(TypeMirror document) {
    return document instanceof DeclaredType declared
        && Mark.on(declared.asElement(), Api.DOCUMENT)
            .filter(each -> each.isTrue("global"))
            .isPresent();
  }

  private Optional<ValueType> read(TypeMirror type, TypePlace place) {
    if (type.getKind() == TypeKind.ERROR) {
      return Optional.empty(); // javac says so itself
    }
    return readPresent(type, place).flatMap(present -> Nullness.applied(present, type, place));
  }

  private Optional<ValueType> readPresent(TypeMirror type, TypePlace place) {
    return switch (type.getKind()) {
      case BOOLEAN -> Optional.of(Scalar.BOOLEAN);
      case INT -> Optional.of(Scalar.INT);
      case LONG -> Optional.of(Scalar.LONG);
      case DOUBLE -> Optional.of(Scalar.DOUBLE);
      case BYTE, SHORT, CHAR -> place.unsupported(type, "Use int.");
      case FLOAT -> place.unsupported(type, "Use double.");
      case VOID -> Optional.of(new Nothing());
      case ARRAY -> array((ArrayType) type, place);
      case DECLARED -> declared((DeclaredType) type, place);
      case TYPEVAR -> place.unsupported(type, "Name a type instead of the type variable.");
      case WILDCARD -> place.unsupported(type, "Name a type instead of the wildcard.");
      default -> place.unsupported(type, "");
    };
  }

  private Optional<ValueType> array(ArrayType type, TypePlace place) {
    if (type.getComponentType().getKind() != TypeKind.BYTE) {
      return place.unsupported(type, "Use a List.");
    }
    for (AnnotationMirror mirror : type.getComponentType().getAnnotationMirrors()) {
      if (Mark.nameOf(mirror).equals(Api.NULLABLE)) {
        return place.refuse("this says that each byte may be null: write byte @Nullable []");
      }
    }
    return Optional.of(Scalar.BYTES);
  }

  private Optional<ValueType> declared(DeclaredType type, TypePlace place) {
    TypeElement element = (TypeElement) type.asElement();
    if (type.getTypeArguments().size() != element.getTypeParameters().size()) {
      return place.unsupported(type, "Give the raw type its type arguments.");
    }
    Optional<ValueType> scalar = scalar(element);
    if (scalar.isPresent()) {
      return scalar;
    }
    List<? extends TypeMirror> arguments = type.getTypeArguments();
    return switch (element.getQualifiedName().toString()) {
      case "java.util.Optional" -> optional(arguments.get(0), place);
      case "java.util.List" -> read(arguments.get(0), place.inner()).map(ListOf::new);
      case "java.util.Map" -> map(type, place);
      case "lunora.schema.Id" -> document(arguments.get(0), place).map(IdOf::new);
      case "lunora.schema.Doc" -> doc(type, place);
      case "lunora.schema.Page" -> page(type, place);
      default -> shape(type, element, place);
    };
  }

  private static Optional<ValueType> scalar(TypeElement element) {
    return Optional.ofNullable(
        switch (element.getQualifiedName().toString()) {
          case "java.lang.String" -> Scalar.STRING;
          case "java.lang.Boolean" -> Scalar.BOOLEAN;
          case "java.lang.Integer" -> Scalar.INT;
          case "java.lang.Long" -> Scalar.LONG;
          case "java.lang.Double" -> Scalar.DOUBLE;
          case "java.math.BigInteger" -> Scalar.BIG_INTEGER;
          case "java.time.Instant" -> Scalar.INSTANT;
          case "lunora.wire.Value" -> Scalar.ANY;
          default -> null;
        });
  }

  private Optional<ValueType> optional(TypeMirror argument, TypePlace place) {
    if (place.depth() != Depth.TOP) {
      return place.refuse("Optional cannot stand within another type: leave the element out");
    }
    return read(argument, place.inner()).map(OptionalOf::new);
  }

  private Optional<ValueType> map(DeclaredType type, TypePlace place) {
    TypeMirror key = type.getTypeArguments().get(0);
    if (key.getKind() == TypeKind.ERROR) {
      return Optional.empty();
    }
    if (!isClass(key, "java.lang.String")) {
      return place.unsupported(type, "The keys of a Map have to be String.");
    }
    return read(type.getTypeArguments().get(1), place.deep()).map(MapOf::new);
  }

  private Optional<ValueType> doc(DeclaredType type, TypePlace place) {
    if (place.role() != Role.RESULT) {
      return place.unsupported(type, "Take the Id, or the fields.");
    }
    if (place.depth() == Depth.DEEP) {
      return place.unsupported(
          type, "A Doc is the result itself, or directly in an Optional, List or Page.");
    }
    return document(type.getTypeArguments().get(0), place).map(DocOf::new);
  }

  private Optional<ValueType> page(DeclaredType type, TypePlace place) {
    TypeMirror item = type.getTypeArguments().get(0);
    if (place.role() != Role.RESULT || place.depth() != Depth.TOP) {
      return place.unsupported(type, "A Page can only be the result itself.");
    }
    if (item.getKind() == TypeKind.ERROR) {
      return Optional.empty();
    }
    if (!isClass(item, "lunora.schema.Doc")) {
      return place.unsupported(type, "A Page has to be one of Doc<T>.");
    }
    return read(item, place.inner()).map(PageOf::new);
  }

  /** The T of an Id or Doc. */
  private Optional<ClassName> document(TypeMirror type, TypePlace place) {
    if (type.getKind() == TypeKind.ERROR) {
      return Optional.empty();
    }
    if (type.getKind() == TypeKind.DECLARED) {
      TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
      if (shapes.isDocument(element)) {
        return Optional.of(ClassName.of(element));
      }
    }
    return place.refuse(TypeText.of(type) + " is no document: mark the record with @Document");
  }

  private Optional<ValueType> shape(DeclaredType type, TypeElement element, TypePlace place) {
    boolean isRecord = element.getKind() == ElementKind.RECORD;
    boolean isSealed = !element.getPermittedSubclasses().isEmpty();
    boolean isEnum = element.getKind() == ElementKind.ENUM;
    boolean supported =
        isRecord || isEnum || (element.getKind() == ElementKind.INTERFACE && isSealed);
    if (!supported) {
      return place.unsupported(type, TypeText.advice(element));
    }
    if (!compilation.isVisible(element)) {
      return place.refuse(TypeText.of(type) + " is private: generated code has to name it");
    }
    if (isEnum) {
      return Optional.of(new EnumOf(ClassName.of(element)));
    }
    if (!element.getTypeParameters().isEmpty()) {
      return place.unsupported(type, "A record cannot have type parameters.");
    }
    if (!compilation.hasSource(element)) {
      return compiled(type, element, place);
    }
    return shapes.read(element, place.at());
  }

  /** A type of another module has no annotations left: its codec has to be there already. */
  private Optional<ValueType> compiled(DeclaredType type, TypeElement element, TypePlace place) {
    ClassName name = ClassName.of(element);
    for (Holder holder : Holder.values()) {
      if (compilation.exists(name.generated(holder.suffix()))) {
        return Optional.of(new ValueType.ObjectOf(name, holder));
      }
    }
    String advice = TypeText.advice(element);
    return place.unsupported(type, advice);
  }

  private static boolean isClass(TypeMirror type, String qualifiedName) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(qualifiedName);
  }
}
