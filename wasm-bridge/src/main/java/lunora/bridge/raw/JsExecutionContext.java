package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * The context of one Worker event.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/context/">Cloudflare
 *     documentation</a>
 */
public interface JsExecutionContext extends JSObject {

  void waitUntil(JsPromise promise);

  void passThroughOnException();
}
