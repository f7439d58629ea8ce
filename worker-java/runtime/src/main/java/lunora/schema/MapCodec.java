package lunora.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.wire.JsonSink;
import lunora.wire.Value;

final class MapCodec<T> extends Codec<Map<String, T>> {

  final Codec<T> element;

  MapCodec(Codec<T> element) {
    this.element = element;
  }

  @Override
  public Map<String, T> read(Value value, FieldPath path) {
    if (!(value instanceof Value.Obj object)) {
      throw Codecs.mismatch(path, this, value);
    }
    Map<String, T> entries = new LinkedHashMap<>();
    for (Map.Entry<String, Value> entry : object.fields().entrySet()) {
      if (!(entry.getValue() instanceof Value.Undefined)) {
        entries.put(entry.getKey(), element.read(entry.getValue(), path.field(entry.getKey())));
      }
    }
    return entries;
  }

  @Override
  public void write(Map<String, T> value, JsonSink sink) {
    sink.raw("{");
    String before = "";
    for (Map.Entry<String, T> entry : value.entrySet()) {
      sink.raw(before).string(entry.getKey()).raw(":");
      element.write(entry.getValue(), sink);
      before = ",";
    }
    sink.raw("}");
  }

  @Override
  Value shape() {
    return Shape.of("map", element.shape());
  }

  @Override
  public String describe() {
    return "object of " + element.describe();
  }
}
