package lunora.bridge.workers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.bridge.raw.JsHeaders;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/**
 * HTTP headers. Names are case-insensitive and come out in lower case, in their alphabetical order.
 *
 * <p>The headers of a request or response that came from outside cannot be changed: that throws
 * {@link lunora.bridge.value.JsException}, as does a name or value that HTTP does not allow.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/headers/">Headers</a>
 */
public final class WorkersHeaders {

  private final JsHeaders js;

  WorkersHeaders(JsHeaders js) {
    this.js = js;
  }

  /** No headers yet. */
  public WorkersHeaders() {
    this(made());
  }

  /** The value, several joined by a comma and a space; null when there is none. */
  public @Nullable String get(String name) {
    try {
      return js.get(name);
    } catch (RuntimeException e) {
      throw JsErrors.unchecked(e);
    }
  }

  public boolean has(String name) {
    return Js.<Boolean>call(() -> js.has(name));
  }

  /** Replaces all values of the name. */
  public void set(String name, String value) {
    Js.run(() -> js.set(name, value));
  }

  /** Adds a value to those of the name. */
  public void append(String name, String value) {
    Js.run(() -> js.append(name, value));
  }

  public void delete(String name) {
    Js.run(() -> js.delete(name));
  }

  /** Every {@code Set-Cookie} on its own: these cannot be joined. */
  public List<String> setCookies() {
    return JsOptions.texts(js.getSetCookie());
  }

  /** A copy of all of them, except that only the last {@code Set-Cookie} is in it. */
  public Map<String, String> toMap() {
    Map<String, String> all = new LinkedHashMap<>();
    each(js, (name, value) -> all.put(name, value));
    return all;
  }

  /** The platform's object. */
  public JsHeaders raw() {
    return js;
  }

  /** Takes one header. */
  @JSFunctor
  private interface Taker extends JSObject {
    void take(String name, String value);
  }

  @JSBody(script = "return new Headers();")
  private static native JsHeaders made();

  @JSBody(
      params = {"headers", "taker"},
      script = "headers.forEach(function (value, name) { taker(name, value); });")
  private static native void each(JsHeaders headers, Taker taker);
}
