package lunora.bridge.value;

import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import org.teavm.jso.JSBody;
import org.teavm.jso.core.JSString;

/** Builds JSON text by native concatenation, which shares the pieces instead of copying them. */
public final class JsJsonSink implements JsonSink {

  private JSString text = JSString.valueOf("");

  @Override
  public JsonSink raw(String json) {
    text = joined(text, JSString.valueOf(json));
    return this;
  }

  @Override
  public JsonSink json(JsonText json) {
    text = joined(text, JsText.toJs(json));
    return this;
  }

  @Override
  public JsonSink string(String value) {
    text = quoted(text, JSString.valueOf(value));
    return this;
  }

  @Override
  public JsonSink number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no " + value);
    }
    text = numbered(text, value);
    return this;
  }

  @Override
  public JsonText finish() {
    return new JsText(text);
  }

  @JSBody(
      params = {"a", "b"},
      script = "return a + b;")
  static native JSString joined(JSString a, JSString b);

  @JSBody(
      params = {"text", "value"},
      script = "return text + JSON.stringify(value);")
  private static native JSString quoted(JSString text, JSString value);

  /** Native conversion writes the ECMAScript form, and negative zero as {@code 0}. */
  @JSBody(
      params = {"text", "value"},
      script = "return text + value;")
  private static native JSString numbered(JSString text, double value);
}
