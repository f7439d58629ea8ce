package lunora.schema;

import java.util.Optional;
import lunora.wire.JsonSink;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Absent or present. Null is refused on input; an empty result is written as null. */
final class OptionalCodec<T> extends Codec<Optional<T>> {

  final Codec<T> present;

  OptionalCodec(Codec<T> present) {
    this.present = present;
  }

  @Override
  public Optional<T> read(Value value, FieldPath path) {
    return Optional.of(present.read(value, path));
  }

  @Override
  public Optional<T> absent(FieldPath path) {
    return Optional.empty();
  }

  @Override
  public boolean leftOut(Optional<T> value) {
    return value.isEmpty();
  }

  @Override
  public void write(Optional<T> value, JsonSink sink) {
    if (value.isPresent()) {
      present.write(value.get(), sink);
    } else {
      sink.raw("null");
    }
  }

  @Override
  public boolean indexable() {
    return present.indexable();
  }

  @Override
  public @Nullable Object key(Optional<T> value) {
    return value.isPresent() ? present.key(value.get()) : null;
  }

  @Override
  Value shape() {
    return Shape.of("optional", present.shape());
  }

  @Override
  public String describe() {
    return present.describe();
  }
}
