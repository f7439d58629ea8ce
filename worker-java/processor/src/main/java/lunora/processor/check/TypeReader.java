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
import lunora.processor.model.ClassName;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.DocOf;
import lunora.processor.model.ValueType.EnumOf;
import lunora.processor.model.ValueType.Holder;
import lunora.processor.model.ValueType.IdOf;
import lunora.processor.model.ValueType.ListOf;
import lunora.processor.model.ValueType.MapOf;
import lunora.processor.model.ValueType.Nothing;
import lunora.processor.model.ValueType.NullableOf;
import lunora.processor.model.ValueType.OptionalOf;
import lunora.processor.model.ValueType.PageOf;
import lunora.processor.model.ValueType.Scalar;

/** Reads the type of a parameter, component or result. */
final class TypeReader {

  /** Whose type it is. */
  enum Role {
    PARAMETER("A parameter"),
    COMPONENT("A component"),
    RESULT("A result");

    private final String text;

    Role(String text) {
      this.text = text;
    }
  }

  /** How deep in the type it stands. */
  private enum Depth {
    /** The type itself. */
    TOP,
    /** Within one Optional, List or Page. */
    INNER,
    /** Further in, or within a Map. */
    DEEP
  }

  private record Place(Element at, Role role, Depth depth) {

    Place inner() {
      return new Place(at, role, depth == Depth.TOP ? Depth.INNER : Depth.DEEP);
    }

    Place deep() {
      return new Place(at, role, Depth.DEEP);
    }
  }

  private final Compilation compilation;
  private final ShapeReader shapes;

  TypeReader(Compilation compilation, ShapeReader shapes) {
    this.compilation = compilation;
    this.shapes = shapes;
  }

  /** The type, or empty after an error was reported here or by javac. */
  Optional<ValueType> read(TypeMirror type, Element at, Role role) {
    return read(type, new Place(at, role, Depth.TOP));
  }

  /** The document whose rows a shape has, by the {@code ShapeOf<T>} that its method returns. */
  Optional<ValueType> rows(ExecutableElement method) {
    TypeMirror type = method.getReturnType();
    if (type.getKind() == TypeKind.ERROR) {
      return Optional.empty(); // javac says so itself
    }
    Place place = new Place(method, Role.RESULT, Depth.TOP);
    if (isClass(type, "lunora.api.ShapeOf")) {
      List<? extends TypeMirror> of = ((DeclaredType) type).getTypeArguments();
      if (of.size() == 1) {
        return isGlobal(of.get(0))
            ? refuse(place, "a shape has rows of a shard, not of a global table: watch a query")
            : document(of.get(0), place).map(DocOf::new);
      }
    }
    return refuse(place, "a @Shape method has to return a ShapeOf<T>, T being the document");
  }

  private static boolean isGlobal(TypeMirror document) {
    return document instanceof DeclaredType declared
        && Mark.on(declared.asElement(), Api.DOCUMENT)
            .filter(each -> each.isTrue("global"))
            .isPresent();
  }

  private Optional<ValueType> read(TypeMirror type, Place place) {
    if (type.getKind() == TypeKind.ERROR) {
      return Optional.empty(); // javac says so itself
    }
    Optional<ValueType> present = readPresent(type, place);
    if (present.isEmpty() || !isNullable(type, place)) {
      return present;
    }
    return nullable(present.get(), type, place);
  }

  private Optional<ValueType> nullable(ValueType present, TypeMirror type, Place place) {
    if (type.getKind().isPrimitive()) {
      return refuse(place, "a primitive cannot be @Nullable: use its boxed type");
    }
    if (place.depth() != Depth.TOP) {
      return refuse(place, "@Nullable cannot stand within another type");
    }
    if (present instanceof OptionalOf) {
      return refuse(place, "an Optional cannot be @Nullable: choose one of the two");
    }
    if (present == Scalar.ANY) {
      return refuse(place, "a Value is never null: null is Value.Null");
    }
    return Optional.of(new NullableOf(present));
  }

  private boolean isNullable(TypeMirror type, Place place) {
    boolean nullable = false;
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      nullable |= Mark.nameOf(mirror).equals(Api.NULLABLE);
      checkNullable(mirror, place);
    }
    if (place.depth() == Depth.TOP) {
      place.at().getAnnotationMirrors().forEach(mirror -> checkNullable(mirror, place));
    }
    return nullable;
  }

  private void checkNullable(AnnotationMirror mirror, Place place) {
    String name = Mark.nameOf(mirror);
    if (name.endsWith(".Nullable") && !name.equals(Api.NULLABLE)) {
      compilation.report().error(place.at(), name + " is not understood: use " + Api.NULLABLE);
    }
  }

  private Optional<ValueType> readPresent(TypeMirror type, Place place) {
    return switch (type.getKind()) {
      case BOOLEAN -> Optional.of(Scalar.BOOLEAN);
      case INT -> Optional.of(Scalar.INT);
      case LONG -> Optional.of(Scalar.LONG);
      case DOUBLE -> Optional.of(Scalar.DOUBLE);
      case BYTE, SHORT, CHAR -> unsupported(type, place, "Use int.");
      case FLOAT -> unsupported(type, place, "Use double.");
      case VOID -> Optional.of(new Nothing());
      case ARRAY -> array((ArrayType) type, place);
      case DECLARED -> declared((DeclaredType) type, place);
      case TYPEVAR -> unsupported(type, place, "Name a type instead of the type variable.");
      case WILDCARD -> unsupported(type, place, "Name a type instead of the wildcard.");
      default -> unsupported(type, place, "");
    };
  }

  private Optional<ValueType> array(ArrayType type, Place place) {
    if (type.getComponentType().getKind() != TypeKind.BYTE) {
      return unsupported(type, place, "Use a List.");
    }
    for (AnnotationMirror mirror : type.getComponentType().getAnnotationMirrors()) {
      if (Mark.nameOf(mirror).equals(Api.NULLABLE)) {
        return refuse(place, "this says that each byte may be null: write byte @Nullable []");
      }
    }
    return Optional.of(Scalar.BYTES);
  }

  private Optional<ValueType> declared(DeclaredType type, Place place) {
    TypeElement element = (TypeElement) type.asElement();
    if (type.getTypeArguments().size() != element.getTypeParameters().size()) {
      return unsupported(type, place, "Give the raw type its type arguments.");
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

  private Optional<ValueType> optional(TypeMirror argument, Place place) {
    if (place.depth() != Depth.TOP) {
      return refuse(place, "Optional cannot stand within another type: leave the element out");
    }
    return read(argument, place.inner()).map(OptionalOf::new);
  }

  private Optional<ValueType> map(DeclaredType type, Place place) {
    TypeMirror key = type.getTypeArguments().get(0);
    if (key.getKind() == TypeKind.ERROR) {
      return Optional.empty();
    }
    if (!isClass(key, "java.lang.String")) {
      return unsupported(type, place, "The keys of a Map have to be String.");
    }
    return read(type.getTypeArguments().get(1), place.deep()).map(MapOf::new);
  }

  private Optional<ValueType> doc(DeclaredType type, Place place) {
    if (place.role() != Role.RESULT) {
      return unsupported(type, place, "Take the Id, or the fields.");
    }
    if (place.depth() == Depth.DEEP) {
      return unsupported(
          type, place, "A Doc is the result itself, or directly in an Optional, List or Page.");
    }
    return document(type.getTypeArguments().get(0), place).map(DocOf::new);
  }

  private Optional<ValueType> page(DeclaredType type, Place place) {
    TypeMirror item = type.getTypeArguments().get(0);
    if (place.role() != Role.RESULT || place.depth() != Depth.TOP) {
      return unsupported(type, place, "A Page can only be the result itself.");
    }
    if (item.getKind() == TypeKind.ERROR) {
      return Optional.empty();
    }
    if (!isClass(item, "lunora.schema.Doc")) {
      return unsupported(type, place, "A Page has to be one of Doc<T>.");
    }
    return read(item, place.inner()).map(PageOf::new);
  }

  /** The T of an Id or Doc. */
  private Optional<ClassName> document(TypeMirror type, Place place) {
    if (type.getKind() == TypeKind.ERROR) {
      return Optional.empty();
    }
    if (type.getKind() == TypeKind.DECLARED) {
      TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
      if (shapes.isDocument(element)) {
        return Optional.of(ClassName.of(element));
      }
    }
    return refuse(place, TypeText.of(type) + " is no document: mark the record with @Document");
  }

  private Optional<ValueType> shape(DeclaredType type, TypeElement element, Place place) {
    boolean isRecord = element.getKind() == ElementKind.RECORD;
    boolean isSealed = !element.getPermittedSubclasses().isEmpty();
    boolean isEnum = element.getKind() == ElementKind.ENUM;
    boolean supported =
        isRecord || isEnum || (element.getKind() == ElementKind.INTERFACE && isSealed);
    if (!supported) {
      return unsupported(type, place, TypeText.advice(element));
    }
    if (!compilation.isVisible(element)) {
      return refuse(place, TypeText.of(type) + " is private: generated code has to name it");
    }
    if (isEnum) {
      return Optional.of(new EnumOf(ClassName.of(element)));
    }
    if (!element.getTypeParameters().isEmpty()) {
      return unsupported(type, place, "A record cannot have type parameters.");
    }
    if (!compilation.hasSource(element)) {
      return compiled(type, element, place);
    }
    return shapes.read(element, place.at());
  }

  /** A type of another module has no annotations left: its codec has to be there already. */
  private Optional<ValueType> compiled(DeclaredType type, TypeElement element, Place place) {
    ClassName name = ClassName.of(element);
    for (Holder holder : Holder.values()) {
      if (compilation.exists(name.generated(holder.suffix()))) {
        return Optional.of(new ValueType.ObjectOf(name, holder));
      }
    }
    String advice = TypeText.advice(element);
    return unsupported(type, place, advice);
  }

  private static boolean isClass(TypeMirror type, String qualifiedName) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals(qualifiedName);
  }

  private <T> Optional<T> refuse(Place place, String message) {
    compilation.report().error(place.at(), message);
    return Optional.empty();
  }

  private Optional<ValueType> unsupported(TypeMirror type, Place place, String advice) {
    String sentence = advice.isEmpty() ? "" : " " + advice;
    String list = place.role() == Role.RESULT ? TypeText.RESULT_LIST : TypeText.LIST;
    return refuse(
        place, place.role().text + " cannot be " + TypeText.of(type) + "." + sentence + " " + list);
  }
}
