package lunora.query;

import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Index keys as wire values, for cursors and stored read sets. */
final class Keys {

  private Keys() {}

  static Value toValue(@Nullable Object key) {
    if (key == null) {
      return Value.Null.INSTANCE;
    }
    if (key instanceof Double number) {
      return new Value.Num(number);
    }
    return key instanceof String text ? new Value.Str(text) : new Value.Bytes((byte[]) key, null);
  }

  /**
   * Reads a key back.
   *
   * @throws IllegalArgumentException if the value cannot be a key
   */
  static @Nullable Object ofValue(Value value) {
    if (value instanceof Value.Null) {
      return null;
    }
    if (value instanceof Value.Num number) {
      return number.value();
    }
    if (value instanceof Value.Str text) {
      return text.value();
    }
    if (value instanceof Value.Bytes bytes) {
      return bytes.bytes();
    }
    throw new IllegalArgumentException("not an index key");
  }
}
