package lunora.bindings;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import lunora.bridge.value.JsJsonSink;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** A flat JSON object under construction. */
final class Answer {

  private final JsJsonSink sink = new JsJsonSink();
  private String before = "{";

  Answer put(String name, @Nullable Object value) {
    sink.raw(before).string(name).raw(":");
    before = ",";
    write(value);
    return this;
  }

  private void write(@Nullable Object value) {
    if (value instanceof String text) {
      sink.string(text);
    } else if (value instanceof Number number) {
      sink.number(number.doubleValue());
    } else if (value instanceof byte[] bytes) {
      sink.string(Hex.of(bytes));
    } else if (value instanceof Enum<?> constant) {
      sink.string(constant.name());
    } else if (value instanceof OptionalLong optional) {
      sink.raw(optional.isPresent() ? String.valueOf(optional.getAsLong()) : "null");
    } else if (value instanceof JsonText json) {
      sink.json(json);
    } else if (value instanceof List<?> list) {
      writeList(list);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map);
    } else {
      sink.raw(String.valueOf(value));
    }
  }

  private void writeList(List<?> list) {
    String separator = "[";
    for (Object item : list) {
      sink.raw(separator);
      write(item);
      separator = ",";
    }
    sink.raw(list.isEmpty() ? "[]" : "]");
  }

  private void writeMap(Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      sink.raw(separator).string(String.valueOf(entry.getKey())).raw(":");
      write(entry.getValue());
      separator = ",";
    }
    sink.raw(map.isEmpty() ? "{}" : "}");
  }

  JsonText json() {
    sink.raw(before.equals("{") ? "{}" : "}");
    return sink.finish();
  }

  WorkersResponse ok() {
    return WorkersResponse.json(200, json());
  }
}
