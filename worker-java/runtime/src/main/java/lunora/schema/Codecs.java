package lunora.schema;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.error.LunoraException;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The closed list of types an app can store, accept and answer, and their wire forms. */
public final class Codecs {

  /** Text. */
  public static final TextCodec STRING = new TextCodec(0, Integer.MAX_VALUE);

  /** {@code true} or {@code false}. */
  public static final Codec<Boolean> BOOLEAN = new BooleanCodec();

  /** A number that is integral and fits 32 bits. */
  public static final IntCodec INT = new IntCodec(Integer.MIN_VALUE, Integer.MAX_VALUE);

  /** A tagged bigint that fits 64 bits; an integral number is accepted. */
  public static final LongCodec LONG = new LongCodec(Long.MIN_VALUE, Long.MAX_VALUE);

  /** Any number; NaN and the infinities travel tagged. */
  public static final DoubleCodec DOUBLE =
      new DoubleCodec(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** A tagged bigint of any size. */
  public static final Codec<BigInteger> BIG_INTEGER = new BigIntegerCodec();

  /** An integral number of epoch milliseconds; a tagged date is accepted. */
  public static final Codec<Instant> INSTANT = new InstantCodec();

  /** Tagged bytes. */
  public static final Codec<byte[]> BYTES = new BytesCodec();

  /** Any wire value, passed through as it is; an absent one is {@code undefined}. */
  public static final Codec<Value> ANY = new AnyCodec();

  /** The answer of a function that returns nothing: {@code null}. */
  public static final Codec<@Nullable Void> NOTHING = new NothingCodec();

  private Codecs() {}

  /** The name of one of the enum's constants. */
  public static <E extends Enum<E>> Codec<E> enumOf(List<E> constants) {
    return new EnumCodec<>(constants);
  }

  /** An identifier, as a string. */
  public static <D> Codec<Id<D>> id() {
    return new IdCodec<>();
  }

  /** A field that may be absent; null is refused. As a result, an empty one is null. */
  public static <T> Codec<Optional<T>> optional(Codec<T> present) {
    return new OptionalCodec<>(present);
  }

  /** A field that must be there and may be null. */
  public static <T> Codec<@Nullable T> nullable(Codec<T> present) {
    return new NullableCodec<>(present);
  }

  /** A field that reads as the given value when it is absent. */
  public static <T> Codec<T> defaulted(Codec<T> present, T absent) {
    return new DefaultedCodec<>(present, absent);
  }

  /** An array. */
  public static <T> Codec<List<T>> list(Codec<T> element) {
    return new ListCodec<>(element);
  }

  /** A plain object with any keys, in their order. */
  public static <T> Codec<Map<String, T>> map(Codec<T> value) {
    return new MapCodec<>(value);
  }

  /** A document of the table with its identity, as a function answers it. */
  public static <D> Codec<Doc<D>> doc(Table<D> table) {
    return new DocCodec<>(table);
  }

  /** A page of items. */
  public static <T> Codec<Page<T>> page(Codec<T> item) {
    return new PageCodec<>(item);
  }

  /** Starts the codec of a record. The name appears in messages only. */
  public static <D> ObjectCodec.Builder<D> object(String typeName) {
    return new ObjectCodec.Builder<>(typeName);
  }

  /** Starts the codec of a sealed type: each case is an object with its name under {@code type}. */
  public static <T> SealedCodec.Builder<T> sealed(String typeName) {
    return new SealedCodec.Builder<>(typeName);
  }

  /** The error for a value of the wrong kind: says what was expected and what came. */
  static LunoraException mismatch(FieldPath path, Codec<?> expected, Value actual) {
    return path.invalid("expected " + expected.describe() + ", got " + nameOf(actual));
  }

  private static String nameOf(Value value) {
    if (value instanceof Value.Null) {
      return "null";
    }
    if (value instanceof Value.Bool) {
      return "boolean";
    }
    if (value instanceof Value.Num) {
      return "number";
    }
    if (value instanceof Value.Str) {
      return "string";
    }
    if (value instanceof Value.Arr) {
      return "array";
    }
    if (value instanceof Value.Obj) {
      return "object";
    }
    if (value instanceof Value.BigInt) {
      return "bigint";
    }
    if (value instanceof Value.Date) {
      return "date";
    }
    if (value instanceof Value.Bytes) {
      return "bytes";
    }
    return value instanceof Value.Undefined ? "undefined" : "another kind of value";
  }
}
