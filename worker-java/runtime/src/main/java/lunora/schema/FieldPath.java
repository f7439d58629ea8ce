package lunora.schema;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import org.jspecify.annotations.Nullable;

/**
 * Where in an input a value stands, rendered only when something is wrong: {@code args.tags[2]}.
 */
public final class FieldPath {

  private static final int NO_ELEMENT = -1;

  private final @Nullable FieldPath parent;
  private final String name;
  private final int element;

  // Kept in parts: a path is made for every value read and rendered for hardly any.
  private FieldPath(@Nullable FieldPath parent, String name, int element) {
    this.parent = parent;
    this.name = name;
    this.element = element;
  }

  /** The path of a whole input, such as {@code args}. */
  public static FieldPath root(String name) {
    return new FieldPath(null, name, NO_ELEMENT);
  }

  /** The path of a field of the object here. */
  public FieldPath field(String name) {
    return new FieldPath(this, name, NO_ELEMENT);
  }

  /** The path of an element, from 0, of the array here. */
  public FieldPath element(int index) {
    return new FieldPath(this, "", index);
  }

  /** A {@code VALIDATION_ERROR} that names this path. The detail says what was expected. */
  public LunoraException invalid(String detail) {
    return new LunoraException(ErrorCode.VALIDATION_ERROR, this + ": " + detail);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return name;
    }
    return element == NO_ELEMENT ? parent + "." + name : parent + "[" + element + "]";
  }
}
