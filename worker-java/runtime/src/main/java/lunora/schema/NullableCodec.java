package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

final class NullableCodec<T> extends Codec<@Nullable T> {

  final Codec<T> present;

  NullableCodec(Codec<T> present) {
    this.present = present;
  }

  @Override
  @SuppressWarnings("NullAway") // NullAway on JDK 17 does not see that T is nullable here
  public @Nullable T read(Value value, FieldPath path) {
    return value instanceof Value.Null ? null : present.read(value, path);
  }

  @Override
  public void write(@Nullable T value, JsonSink sink) {
    if (value == null) {
      sink.raw("null");
    } else {
      present.write(value, sink);
    }
  }

  @Override
  public boolean indexable() {
    return present.indexable();
  }

  @Override
  public @Nullable Object key(@Nullable T value) {
    return value == null ? null : present.key(value);
  }

  @Override
  Value shape() {
    return Shape.of("nullable", present.shape());
  }

  @Override
  public String describe() {
    return present.describe() + " or null";
  }
}
