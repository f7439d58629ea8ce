package lunora.processor.check;

import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.type.TypeMirror;
import lunora.processor.check.TypePlace.Depth;
import lunora.processor.model.ValueType;
import lunora.processor.model.ValueType.NullableOf;
import lunora.processor.model.ValueType.OptionalOf;
import lunora.processor.model.ValueType.Scalar;

/**
 * Whether what a type says may also be null: by JSpecify's annotation, and only where null can
 * stand.
 */
final class Nullness {

  private Nullness() {}

  /** The type with its annotation applied, or empty after an error was reported. */
  static Optional<ValueType> applied(ValueType present, TypeMirror type, TypePlace place) {
    return isNullable(type, place) ? nullable(present, type, place) : Optional.of(present);
  }

  private static Optional<ValueType> nullable(ValueType present, TypeMirror type, TypePlace place) {
    if (type.getKind().isPrimitive()) {
      return place.refuse("a primitive cannot be @Nullable: use its boxed type");
    }
    if (place.depth() != Depth.TOP) {
      return place.refuse("@Nullable cannot stand within another type");
    }
    if (present instanceof OptionalOf) {
      return place.refuse("an Optional cannot be @Nullable: choose one of the two");
    }
    if (present == Scalar.ANY) {
      return place.refuse("a Value is never null: null is Value.Null");
    }
    return Optional.of(new NullableOf(present));
  }

  private static boolean isNullable(TypeMirror type, TypePlace place) {
    boolean nullable = false;
    for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
      nullable |= Mark.nameOf(mirror).equals(Api.NULLABLE);
      checkKnown(mirror, place);
    }
    if (place.depth() == Depth.TOP) {
      place.at().getAnnotationMirrors().forEach(mirror -> checkKnown(mirror, place));
    }
    return nullable;
  }

  private static void checkKnown(AnnotationMirror mirror, TypePlace place) {
    String name = Mark.nameOf(mirror);
    if (name.endsWith(".Nullable") && !name.equals(Api.NULLABLE)) {
      place.report().error(place.at(), name + " is not understood: use " + Api.NULLABLE);
    }
  }
}
