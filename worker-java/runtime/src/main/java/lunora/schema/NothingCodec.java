package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

final class NothingCodec extends Codec<@Nullable Void> {

  @Override
  @SuppressWarnings("NullAway") // NullAway on JDK 17 does not see that T is nullable here
  public @Nullable Void read(Value value, FieldPath path) {
    if (value instanceof Value.Null) {
      return null;
    }
    throw Codecs.mismatch(path, this, value);
  }

  @Override
  public void write(@Nullable Void value, JsonSink sink) {
    sink.raw("null");
  }

  @Override
  public String describe() {
    return "null";
  }
}
