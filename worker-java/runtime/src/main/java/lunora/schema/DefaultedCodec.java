package lunora.schema;

import lunora.wire.JsonSink;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

final class DefaultedCodec<T> extends Codec<T> {

  final Codec<T> present;
  private final T absent;

  DefaultedCodec(Codec<T> present, T absent) {
    this.present = present;
    this.absent = absent;
  }

  @Override
  public T read(Value value, FieldPath path) {
    return present.read(value, path);
  }

  @Override
  public T absent(FieldPath path) {
    return absent;
  }

  @Override
  public void write(T value, JsonSink sink) {
    present.write(value, sink);
  }

  @Override
  public boolean indexable() {
    return present.indexable();
  }

  @Override
  public @Nullable Object key(T value) {
    return present.key(value);
  }

  @Override
  Value shape() {
    return Shape.of("defaulted", present.shape());
  }

  @Override
  public String describe() {
    return present.describe();
  }
}
