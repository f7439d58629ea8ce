package lunora.bridge.workers;

import lunora.bridge.value.JsErrors;
import lunora.bridge.value.JsText;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/** JSON texts as JavaScript values and back, for products that take and give any value. */
final class JsonValues {

  private JsonValues() {}

  /** The value of the text. */
  static JSObject parsed(JsonText json) {
    try {
      return parsed(JsText.toJs(json));
    } catch (RuntimeException e) {
      throw JsErrors.unchecked(e);
    }
  }

  /** The value as text; null where JSON has no form of it, such as undefined. */
  static @Nullable JsonText text(@Nullable JSObject value) {
    JSString text;
    try {
      text = written(value);
    } catch (RuntimeException e) {
      throw JsErrors.unchecked(e);
    }
    return text == null ? null : new JsText(text);
  }

  @JSBody(params = "text", script = "return JSON.parse(text);")
  private static native JSObject parsed(JSString text);

  @JSBody(
      params = "value",
      script = "var text = JSON.stringify(value);" + "return text === undefined ? null : text;")
  private static native @Nullable JSString written(@Nullable JSObject value);
}
