package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * An HTTP response, made here or received.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/response/">Cloudflare
 *     documentation</a>
 */
public interface JsResponse extends JSObject {

  @JSProperty
  int getStatus();
}
