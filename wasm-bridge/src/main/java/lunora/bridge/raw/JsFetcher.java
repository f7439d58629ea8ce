package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * Another Worker, or the static assets of this one. The methods of its entrypoint are called by
 * name and so have no method here.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/">Cloudflare
 *     documentation</a>
 */
public interface JsFetcher extends JSObject {

  /** A promise of a {@link JsResponse}. */
  JsPromise fetch(JSObject request);
}
