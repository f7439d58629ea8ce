package lunora.api;

import java.util.List;
import lunora.schema.FieldPath;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, validated, by parameter. */
public final class Args {

  private static final FieldPath PATH = FieldPath.root("args");

  private final List<Param<?>> params;
  private final @Nullable Object[] values;

  private Args(List<Param<?>> params, @Nullable Object[] values) {
    this.params = params;
    this.values = values;
  }

  /**
   * Reads the declared parameters from a call's decoded arguments; other keys are stripped.
   *
   * @throws lunora.error.LunoraException {@code VALIDATION_ERROR} with the path of what is wrong
   */
  static Args read(List<Param<?>> params, Value.Obj object) {
    Object[] values = new Object[params.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = params.get(i).read(object, PATH);
    }
    return new Args(params, values);
  }

  /** The value of a declared parameter. */
  @SuppressWarnings({"unchecked", "NullAway"}) // the value was read by this very parameter's codec
  public <V extends @Nullable Object> V get(Param<V> param) {
    int position = params.indexOf(param);
    if (position < 0) {
      throw new IllegalArgumentException("parameter " + param.name() + " is not declared here");
    }
    return (V) values[position];
  }
}
