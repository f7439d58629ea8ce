package lunora.schema;

import org.jspecify.annotations.Nullable;

/** One field set to a new value, made by {@link Field#set}. */
public final class Change<D> {

  private final Field<D, ?> field;
  private final @Nullable Object value;

  <V extends @Nullable Object> Change(Field<D, V> field, V value) {
    this.field = field;
    this.value = value;
  }

  /** The field that changes. */
  public Field<D, ?> field() {
    return field;
  }

  @Nullable Object value() {
    return value;
  }
}
