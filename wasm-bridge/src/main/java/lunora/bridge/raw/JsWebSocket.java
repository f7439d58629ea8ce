package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * One end of a WebSocket.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/best-practices/websockets/">Cloudflare
 *     documentation</a>
 */
public interface JsWebSocket extends JSObject {

  void serializeAttachment(String attachment);
}
