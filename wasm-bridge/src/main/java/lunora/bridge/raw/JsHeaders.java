package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * HTTP headers; names are case-insensitive.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/headers/">Cloudflare
 *     documentation</a>
 */
public interface JsHeaders extends JSObject {

  /** The value, several joined by a comma; null when absent. */
  @Nullable String get(String name);
}
