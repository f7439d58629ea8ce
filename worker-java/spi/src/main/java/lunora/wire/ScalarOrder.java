package lunora.wire;

import java.util.Comparator;
import lunora.wire.Value.BigInt;
import lunora.wire.Value.Bool;
import lunora.wire.Value.Null;
import lunora.wire.Value.Num;
import lunora.wire.Value.Str;
import lunora.wire.Value.Undefined;

/**
 * Some total order over scalars in which two are equal when JavaScript's SameValueZero says so,
 * once zeros have lost their sign. An order rather than a hash, for the reason {@link FieldMap}
 * gives.
 */
final class ScalarOrder implements Comparator<Value> {

  private static final int NOT_SCALAR = -1;

  /** Whether a value is compared by content; everything else only equals itself. */
  static boolean isScalar(Value value) {
    return rank(value) != NOT_SCALAR;
  }

  @Override
  public int compare(Value a, Value b) {
    if (a instanceof Str x && b instanceof Str y) {
      return x.value().compareTo(y.value());
    }
    if (a instanceof Num x && b instanceof Num y) {
      return Double.compare(x.value(), y.value());
    }
    if (a instanceof BigInt x && b instanceof BigInt y) {
      return x.value().compareTo(y.value());
    }
    if (a instanceof Bool x && b instanceof Bool y) {
      return Boolean.compare(x.value(), y.value());
    }
    return Integer.compare(rank(a), rank(b));
  }

  private static int rank(Value value) {
    if (value instanceof Str) {
      return 0;
    }
    if (value instanceof Num) {
      return 1;
    }
    if (value instanceof BigInt) {
      return 2;
    }
    if (value instanceof Bool) {
      return 3;
    }
    if (value instanceof Null) {
      return 4;
    }
    return value instanceof Undefined ? 5 : NOT_SCALAR;
  }
}
