package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Between a Java type and the wire: validates and reads decoded values, writes wire JSON, and gives
 * the order-preserving key of an index column. {@link Codecs} holds the closed set.
 *
 * @param <T> the Java type
 */
public abstract class Codec<T extends @Nullable Object> {

  /**
   * Reads a value that is present.
   *
   * @param path where it stands, for the message
   * @throws lunora.error.LunoraException {@code VALIDATION_ERROR} when it does not fit
   */
  public abstract T read(Value value, FieldPath path);

  /** Writes the wire form: JSON with tagged arrays. */
  public abstract void write(T value, JsonSink sink);

  /**
   * What an absent field reads as.
   *
   * @throws lunora.error.LunoraException {@code VALIDATION_ERROR} when the field is required
   */
  public T absent(FieldPath path) {
    throw path.invalid("is required");
  }

  /** Whether a field that holds this value is left out when its object is written. */
  public boolean leftOut(T value) {
    return false;
  }

  /** Whether values of this type can stand in an index. */
  public boolean indexable() {
    return false;
  }

  /**
   * The index key: null, {@link Double}, {@link String} or {@code byte[]}, ordered as SQLite orders
   * an untyped column (null, numbers, text by UTF-8 bytes, blobs).
   */
  public @Nullable Object key(T value) {
    throw new IllegalStateException("this type has no index key");
  }

  /** What kind of value this reads, for messages and generated clients. */
  public abstract String describe();

  /** The type as a {@link SchemaSnapshot} holds it: what stored values of it have to fit. */
  Value shape() {
    return new Value.Str(describe());
  }
}
