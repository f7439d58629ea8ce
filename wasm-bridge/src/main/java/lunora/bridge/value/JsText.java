package lunora.bridge.value;

import lunora.wire.JsonText;
import org.teavm.jso.JSBody;
import org.teavm.jso.core.JSString;

/** JSON text held by JavaScript. Nothing is copied until somebody asks for {@link #toString()}. */
public final class JsText implements JsonText {

  private final JSString js;

  /** Wraps a native string that is well-formed JSON. */
  public JsText(JSString js) {
    this.js = js;
  }

  /** The native string of any text. */
  public static JSString toJs(JsonText text) {
    return text instanceof JsText known ? known.js : JSString.valueOf(text.toString());
  }

  @Override
  public String toString() {
    return js.stringValue();
  }

  @Override
  public int length() {
    return js.getLength();
  }

  @Override
  public boolean sameAs(JsonText other) {
    return same(js, toJs(other));
  }

  @Override
  public JsonText part(int from, int to) {
    return new JsText(part(js, from, to));
  }

  @JSBody(
      params = {"text", "from", "to"},
      script = "return text.slice(from, to);")
  private static native JSString part(JSString text, int from, int to);

  @JSBody(
      params = {"a", "b"},
      script = "return a === b;")
  private static native boolean same(JSString a, JSString b);
}
