package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * Both ends of a new WebSocket.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/websockets/#constructor">Cloudflare
 *     documentation</a>
 */
public interface JsWebSocketPair extends JSObject {

  /** What the response of status 101 carries. */
  @JSProperty("0")
  JsWebSocket getClient();

  /** What the Worker or the object keeps. */
  @JSProperty("1")
  JsWebSocket getServer();
}
