package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * The caches of a data centre.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/cache/#accessing-cache">Cloudflare
 *     documentation</a>
 */
public interface JsCacheStorage extends JSObject {

  @JSProperty("default")
  JsCache getDefault();

  /** A promise of a {@link JsCache}. */
  JsPromise open(String name);
}
