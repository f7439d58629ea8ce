package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * One cache of one data centre.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/cache/">Cloudflare
 *     documentation</a>
 */
public interface JsCache extends JSObject {

  /** A promise of a {@link JsResponse}, or of undefined. */
  JsPromise match(JSObject request, JSObject options);

  /** A promise of nothing. */
  JsPromise put(JSObject request, JsResponse response);

  /** A promise of a boolean: whether the entry was there. */
  JsPromise delete(JSObject request, JSObject options);
}
