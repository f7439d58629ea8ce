package lunora.schema;

import java.util.ArrayList;
import java.util.List;
import lunora.wire.JsonSink;
import lunora.wire.Value;

final class ListCodec<T> extends Codec<List<T>> {

  final Codec<T> element;

  ListCodec(Codec<T> element) {
    this.element = element;
  }

  @Override
  public List<T> read(Value value, FieldPath path) {
    if (!(value instanceof Value.Arr array)) {
      throw Codecs.mismatch(path, this, value);
    }
    List<T> items = new ArrayList<>(array.items().size());
    for (Value item : array.items()) {
      items.add(element.read(item, path.element(items.size())));
    }
    return items;
  }

  @Override
  public void write(List<T> value, JsonSink sink) {
    if ((Object) value instanceof DocList<?> rows) {
      sink.json(rows.json());
      return;
    }
    sink.raw("[");
    String before = "";
    for (T item : value) {
      sink.raw(before);
      element.write(item, sink);
      before = ",";
    }
    sink.raw("]");
  }

  @Override
  Value shape() {
    return Shape.of("list", element.shape());
  }

  @Override
  public String describe() {
    return "array of " + element.describe();
  }
}
