package lunora.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.JsonSink;
import lunora.wire.Value;

final class EnumCodec<E extends Enum<E>> extends Codec<E> {

  final Map<String, E> byName = new LinkedHashMap<>();

  EnumCodec(List<E> constants) {
    for (E constant : constants) {
      byName.put(constant.name(), constant);
    }
  }

  @Override
  public E read(Value value, FieldPath path) {
    E constant = value instanceof Value.Str name ? byName.get(name.value()) : null;
    if (constant == null) {
      throw path.invalid("expected " + describe());
    }
    return constant;
  }

  @Override
  public void write(E value, JsonSink sink) {
    sink.string(value.name());
  }

  @Override
  public boolean indexable() {
    return true;
  }

  @Override
  public Object key(E value) {
    return value.name();
  }

  @Override
  Value shape() {
    return Shape.of("enum", Shape.names(byName.keySet()));
  }

  @Override
  public String describe() {
    return "one of " + String.join(", ", byName.keySet());
  }
}
