package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;

final class BooleanCodec extends Codec<Boolean> {

  @Override
  public Boolean read(Value value, FieldPath path) {
    if (value instanceof Value.Bool bool) {
      return bool.value();
    }
    throw Codecs.mismatch(path, this, value);
  }

  @Override
  public void write(Boolean value, JsonSink sink) {
    sink.raw(value ? "true" : "false");
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(Boolean value) {
    return value ? 1.0 : 0.0;
  }

  @Override
  public String describe() {
    return "boolean";
  }
}
