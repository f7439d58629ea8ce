package lunora.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values read for one record, by field. */
public final class FieldValues<D> {

  private final Map<Field<?, ?>, Integer> ordinals;
  private final @Nullable Object[] values;

  FieldValues(Map<Field<?, ?>, Integer> ordinals, @Nullable Object[] values) {
    this.ordinals = ordinals;
    this.values = values;
  }

  /** The value of a declared field. */
  @SuppressWarnings({"unchecked", "NullAway"}) // the value was read by this very field's codec
  public <V extends @Nullable Object> V get(Field<D, V> field) {
    Integer ordinal = ordinals.get(field);
    if (ordinal == null) {
      throw new IllegalArgumentException("field " + field.name() + " is not declared here");
    }
    return (V) values[ordinal];
  }
}
