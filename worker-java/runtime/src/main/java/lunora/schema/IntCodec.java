package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;

/** An integral number within bounds that fit 32 bits. */
public final class IntCodec extends Codec<Integer> {

  final int min;
  final int max;

  IntCodec(int min, int max) {
    this.min = min;
    this.max = max;
  }

  /** The same with bounds, both inclusive. */
  public IntCodec range(int lowest, int highest) {
    return new IntCodec(lowest, highest);
  }

  @Override
  public Integer read(Value value, FieldPath path) {
    if (!(value instanceof Value.Num number) || number.value() != Math.floor(number.value())) {
      throw Codecs.mismatch(path, this, value);
    }
    if (number.value() < min || number.value() > max) {
      throw path.invalid("is not within " + min + " to " + max);
    }
    return (int) number.value();
  }

  @Override
  public void write(Integer value, JsonSink sink) {
    sink.number(value);
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(Integer value) {
    return value.doubleValue();
  }

  @Override
  Value shape() {
    return Shape.bounded("integer", min, max, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  @Override
  public String describe() {
    return "integer";
  }
}
