package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * HTTP headers; names are case-insensitive.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/headers/">Cloudflare
 *     documentation</a>
 */
public interface JsHeaders extends JSObject {

  /** The value, several joined by a comma; null when absent. */
  @Nullable String get(String name);

  void set(String name, String value);

  void append(String name, String value);

  void delete(String name);

  boolean has(String name);

  /** Every {@code Set-Cookie} on its own. */
  JSArrayReader<JSString> getSetCookie();
}
