package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * A rate limit.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/bindings/rate-limit/">Cloudflare
 *     documentation</a>
 */
public interface JsRateLimit extends JSObject {

  /** A promise of an object with {@code success}. */
  JsPromise limit(JSObject options);
}
