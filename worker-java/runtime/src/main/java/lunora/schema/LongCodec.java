package lunora.schema;

import java.math.BigInteger;
import lunora.wire.JsonSink;
import lunora.wire.Value;

/** A 64-bit integer within bounds: a tagged bigint, so that no digit is lost. */
public final class LongCodec extends Codec<Long> {

  private static final double SAFE_INTEGER_MAX = 9_007_199_254_740_991.0;

  private final long min;
  private final long max;

  LongCodec(long min, long max) {
    this.min = min;
    this.max = max;
  }

  /** The same with bounds, both inclusive. */
  public LongCodec range(long lowest, long highest) {
    return new LongCodec(lowest, highest);
  }

  @Override
  public Long read(Value value, FieldPath path) {
    long number = integral(value, path);
    if (number < min || number > max) {
      throw path.invalid("is not within " + min + " to " + max);
    }
    return number;
  }

  private long integral(Value value, FieldPath path) {
    if (value instanceof Value.BigInt big) {
      if (big.value().bitLength() > 63) {
        throw path.invalid("does not fit 64 bits");
      }
      return big.value().longValue();
    }
    if (value instanceof Value.Num number
        && number.value() == Math.floor(number.value())
        && Math.abs(number.value()) <= SAFE_INTEGER_MAX) {
      return (long) number.value();
    }
    throw Codecs.mismatch(path, this, value);
  }

  @Override
  public void write(Long value, JsonSink sink) {
    BigIntegerCodec.writeTagged(Long.toString(value), sink);
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(Long value) {
    return BigIntegerKey.of(BigInteger.valueOf(value));
  }

  @Override
  Value shape() {
    return Shape.bounded("long", min, max, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Override
  public String describe() {
    return "bigint or integral number";
  }
}
