package lunora.schema;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import org.jspecify.annotations.Nullable;

/**
 * Where in an input a value stands, rendered only when something is wrong: {@code args.tags[2]}.
 */
public final class FieldPath {

  private final @Nullable FieldPath parent;
  private final String step;

  private FieldPath(@Nullable FieldPath parent, String step) {
    this.parent = parent;
    this.step = step;
  }

  /** The path of a whole input, such as {@code args}. */
  public static FieldPath root(String name) {
    return new FieldPath(null, name);
  }

  /** The path of a field of the object here. */
  public FieldPath field(String name) {
    return new FieldPath(this, "." + name);
  }

  /** The path of an element, from 0, of the array here. */
  public FieldPath element(int index) {
    return new FieldPath(this, "[" + index + "]");
  }

  /** A {@code VALIDATION_ERROR} that names this path. The detail says what was expected. */
  public LunoraException invalid(String detail) {
    return new LunoraException(ErrorCode.VALIDATION_ERROR, this + ": " + detail);
  }

  @Override
  public String toString() {
    return parent == null ? step : parent + step;
  }
}
