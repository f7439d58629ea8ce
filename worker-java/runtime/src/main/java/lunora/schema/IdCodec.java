package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;

final class IdCodec<D> extends Codec<Id<D>> {

  @Override
  public Id<D> read(Value value, FieldPath path) {
    if (value instanceof Value.Str text) {
      return new Id<>(text.value());
    }
    throw Codecs.mismatch(path, this, value);
  }

  @Override
  public void write(Id<D> value, JsonSink sink) {
    sink.string(value.value());
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(Id<D> value) {
    return TextKey.of(value.value());
  }

  @Override
  public String describe() {
    return "id";
  }
}
