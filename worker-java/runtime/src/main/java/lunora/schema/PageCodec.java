package lunora.schema;

import java.util.List;
import lunora.wire.JsonSink;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

final class PageCodec<T> extends Codec<Page<T>> {

  final Codec<List<T>> items;

  PageCodec(Codec<T> item) {
    this.items = new ListCodec<>(item);
  }

  @Override
  public Page<T> read(Value value, FieldPath path) {
    if (!(value instanceof Value.Obj object)) {
      throw Codecs.mismatch(path, this, value);
    }
    Value page = object.fields().get("page");
    Value isDone = object.fields().get("isDone");
    if (page == null || !(isDone instanceof Value.Bool done)) {
      throw Codecs.mismatch(path, this, value);
    }
    return new Page<>(
        items.read(page, path.field("page")),
        done.value(),
        cursor(object.fields().get("continueCursor")));
  }

  private static @Nullable String cursor(@Nullable Value value) {
    return value instanceof Value.Str text ? text.value() : null;
  }

  @Override
  public void write(Page<T> value, JsonSink sink) {
    sink.raw("{\"page\":");
    items.write(value.page(), sink);
    sink.raw(
        value.isDone()
            ? ",\"isDone\":true,\"continueCursor\":"
            : ",\"isDone\":false,\"continueCursor\":");
    String cursor = value.continueCursor();
    if (cursor == null) {
      sink.raw("null}");
    } else {
      sink.string(cursor).raw("}");
    }
  }

  @Override
  public String describe() {
    return "page";
  }
}
