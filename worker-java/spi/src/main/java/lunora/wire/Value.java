package lunora.wire;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of the protocol: what a client can send and a function can answer.
 *
 * <p>The first six are JSON itself and all that {@link Json#read} yields; the others exist only
 * decoded and travel as tagged arrays (protocol section 2). {@link WireCodec} goes between the two
 * forms. Instances are treated as immutable; lists and maps keep insertion order.
 */
public sealed interface Value {

  /** JSON {@code null}. */
  record Null() implements Value {
    public static final Null INSTANCE = new Null();
  }

  /** JSON {@code true} or {@code false}. */
  record Bool(boolean value) implements Value {
    public static final Bool TRUE = new Bool(true);
    public static final Bool FALSE = new Bool(false);

    public static Bool of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /** A double. NaN and the infinities are tagged on the wire. */
  record Num(double value) implements Value {}

  /** A string of UTF-16 units; lone surrogates are allowed, as in JavaScript. */
  record Str(String value) implements Value {}

  /** An array. */
  record Arr(List<Value> items) implements Value {}

  /** A plain object. {@code __proto__} is an ordinary key. */
  record Obj(Map<String, Value> fields) implements Value {}

  /** JavaScript's {@code undefined}; as an object field it is left out. */
  record Undefined() implements Value {
    public static final Undefined INSTANCE = new Undefined();
  }

  /** A big integer, at most {@link WireCodec#BIGINT_DIGITS_MAX} digits. */
  record BigInt(BigInteger value) implements Value {}

  /**
   * A date by epoch milliseconds, time-clipped on creation: whole, never negative zero, at most
   * {@link #EPOCH_MS_MAX} either side of 1970. NaN is JavaScript's invalid date, and what anything
   * beyond becomes.
   */
  record Date(double epochMs) implements Value {
    public static final double EPOCH_MS_MAX = 8.64e15;

    public Date {
      if (Math.abs(epochMs) <= EPOCH_MS_MAX) {
        // Adding zero turns a negative one positive.
        epochMs = (epochMs < 0 ? Math.ceil(epochMs) : Math.floor(epochMs)) + 0.0;
      } else {
        epochMs = Double.NaN;
      }
    }
  }

  /** An absolute URL. */
  record Url(String href) implements Value {}

  /** A JavaScript {@code Map}: unique keys by SameValueZero, in insertion order. */
  record MapOf(List<Entry> entries) implements Value {

    /** Collapses equal keys as JavaScript does: the last value stays, at the first position. */
    public static MapOf of(List<Entry> entries) {
      return new MapOf(SameValueZero.collapseEntries(entries));
    }
  }

  /** One entry of a {@link MapOf}. */
  record Entry(Value key, Value value) {}

  /** A JavaScript {@code Set}: unique members by SameValueZero, in insertion order. */
  record SetOf(List<Value> members) implements Value {

    /** Collapses equal members as JavaScript does: the first stays. */
    public static SetOf of(List<Value> members) {
      return new SetOf(SameValueZero.collapseMembers(members));
    }
  }

  /**
   * Bytes. {@code view} is the JavaScript constructor that held them ({@code "Int16Array"}), null
   * for {@code Uint8Array}. Equal by content.
   */
  record Bytes(byte[] bytes, @Nullable String view) implements Value {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bytes b
          && Arrays.equals(bytes, b.bytes)
          && Objects.equals(view, b.view);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** A JavaScript error without its stack. A {@link Null} cause is carried, a null one is none. */
  record Err(String name, String message, Obj ownProps, @Nullable Value cause) implements Value {}
}
