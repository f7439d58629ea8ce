package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * The event of a WebSocket that somebody listens to: only the properties of its kind are there.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/websockets/#events">Cloudflare
 *     documentation</a>
 */
public interface JsSocketEvent extends JSObject {

  /** Of a message: a string or an {@code ArrayBuffer}. */
  @JSProperty
  JSObject getData();

  /** Of a close. */
  @JSProperty
  int getCode();

  /** Of a close. */
  @JSProperty
  String getReason();

  /** Of a close: whether both sides took part in it. */
  @JSProperty
  boolean isWasClean();

  /** Of an error. */
  @JSProperty
  @Nullable JSObject getError();
}
