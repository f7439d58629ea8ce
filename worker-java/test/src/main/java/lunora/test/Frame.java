package lunora.test;

import lunora.wire.Json;
import lunora.wire.Value;

/**
 * One frame that the server sent about a subscription or stream.
 *
 * @param type {@code data}, {@code delta}, {@code settled}, {@code resume}, {@code ack}, {@code
 *     chunk}, {@code complete} or {@code error}
 * @param json all of it
 * @param text as it was sent
 */
public record Frame(String type, Value.Obj json, String text) {

  static Frame read(String text) {
    Value.Obj json = (Value.Obj) Json.read(text);
    return new Frame(String.valueOf(string(json, "type")), json, text);
  }

  /** The subscription it is about, empty when it is about none. */
  String id() {
    return string(json, "id");
  }

  /** Whether it changes what the client shows. */
  boolean changes() {
    return type.equals("data") || type.equals("delta");
  }

  private static String string(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Str text ? text.value() : "";
  }

  @Override
  public String toString() {
    return text;
  }
}
