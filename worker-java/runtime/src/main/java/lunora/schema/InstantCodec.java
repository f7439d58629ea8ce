package lunora.schema;

import java.time.Instant;
import lunora.wire.JsonSink;
import lunora.wire.Value;

final class InstantCodec extends Codec<Instant> {

  /** The range of a JavaScript date, in milliseconds either side of the epoch. */
  private static final double EPOCH_MS_MAX = 8.64e15;

  @Override
  public Instant read(Value value, FieldPath path) {
    double epochMs = epochMs(value, path);
    if (epochMs != Math.floor(epochMs) || Math.abs(epochMs) > EPOCH_MS_MAX) {
      throw path.invalid("is not a whole number of epoch milliseconds within a date's range");
    }
    return Instant.ofEpochMilli((long) epochMs);
  }

  private double epochMs(Value value, FieldPath path) {
    if (value instanceof Value.Num number) {
      return number.value();
    }
    if (value instanceof Value.Date date) {
      return date.epochMs();
    }
    throw Codecs.mismatch(path, this, value);
  }

  @Override
  public void write(Instant value, JsonSink sink) {
    sink.number(value.toEpochMilli());
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(Instant value) {
    return (double) value.toEpochMilli();
  }

  @Override
  public String describe() {
    return "epoch milliseconds or date";
  }
}
