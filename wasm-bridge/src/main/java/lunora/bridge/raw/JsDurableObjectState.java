package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;

/**
 * What a Durable Object gets from the platform.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/state/">Cloudflare
 *     documentation</a>
 */
public interface JsDurableObjectState extends JSObject {

  @JSProperty
  JsDurableObjectId getId();

  @JSProperty
  JsDurableObjectStorage getStorage();

  void waitUntil(JsPromise promise);

  /** The hibernatable sockets that are not yet disconnected. */
  JSArrayReader<JsWebSocket> getWebSockets();

  /** The hibernatable sockets accepted under the tag. */
  JSArrayReader<JsWebSocket> getWebSockets(String tag);
}
