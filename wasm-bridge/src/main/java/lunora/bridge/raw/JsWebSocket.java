package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * One end of a WebSocket.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/best-practices/websockets/">Cloudflare
 *     documentation</a>
 */
public interface JsWebSocket extends JSObject {

  void serializeAttachment(String attachment);

  @Nullable JSObject deserializeAttachment();

  /** Begins to deliver events to this isolate, which then does not hibernate. */
  void accept();

  void send(String text);

  /** Bytes: an {@code ArrayBuffer} or a view of one. */
  void send(JSObject bytes);

  void close(int code, String reason);

  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  @JSProperty
  int getReadyState();

  /** Bytes that were sent and not yet taken by the network; newer runtimes only. */
  @JSProperty
  double getBufferedAmount();

  /** The subprotocol, or an empty string. */
  @JSProperty
  @Nullable String getProtocol();

  /** The address, of a socket that was opened from here. */
  @JSProperty
  @Nullable String getUrl();

  void addEventListener(String type, JsSocketCallback listener);
}
