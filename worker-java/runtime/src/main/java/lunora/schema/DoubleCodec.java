package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/** A number within bounds. NaN passes only where there are none. */
public final class DoubleCodec extends Codec<Double> {

  /** NaN as an index key: text, so that it stands after every number. */
  private static final String NAN_KEY = "NaN";

  private final double min;
  private final double max;

  DoubleCodec(double min, double max) {
    this.min = min;
    this.max = max;
  }

  /** The same with bounds, both inclusive; NaN is then refused. */
  public DoubleCodec range(double lowest, double highest) {
    return new DoubleCodec(lowest, highest);
  }

  @Override
  public Double read(Value value, FieldPath path) {
    if (!(value instanceof Value.Num number)) {
      throw Codecs.mismatch(path, this, value);
    }
    boolean bounded = min != Double.NEGATIVE_INFINITY || max != Double.POSITIVE_INFINITY;
    if (bounded && !(number.value() >= min && number.value() <= max)) {
      throw path.invalid("is not within " + min + " to " + max);
    }
    return number.value();
  }

  @Override
  public void write(Double value, JsonSink sink) {
    WireCodec.write(new Value.Num(value), sink);
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(Double value) {
    return value.isNaN() ? NAN_KEY : value;
  }

  @Override
  Value shape() {
    return Shape.bounded("number", min, max, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  @Override
  public String describe() {
    return "number";
  }
}
