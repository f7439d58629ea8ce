package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

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

  /** A promise of what the action promises; no other event is delivered until then. */
  JsPromise blockConcurrencyWhile(JsAsyncAction action);

  void acceptWebSocket(JsWebSocket socket, JSArrayReader<JSString> tags);

  JSArrayReader<JSString> getTags(JsWebSocket socket);

  void setWebSocketAutoResponse(JsAutoResponse pair);

  void setWebSocketAutoResponse();

  @Nullable JsAutoResponse getWebSocketAutoResponse();

  @Nullable JsDate getWebSocketAutoResponseTimestamp(JsWebSocket socket);

  void setHibernatableWebSocketEventTimeout(double timeoutMs);

  void setHibernatableWebSocketEventTimeout();

  /** Stops the object at once. */
  void abort(String reason);
}
