package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * The platform's {@code WebSocketRequestResponsePair}.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/state/#setwebsocketautoresponse">Cloudflare
 *     documentation</a>
 */
public interface JsAutoResponse extends JSObject {

  @JSProperty
  String getRequest();

  @JSProperty
  String getResponse();
}
