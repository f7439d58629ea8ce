package lunora.bridge.workers;

import lunora.bridge.value.JsException;

/**
 * Who takes the events of a socket that does not hibernate. Methods must not suspend: {@link
 * Pending#start} begins work that may.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/websockets/#events">WebSocket
 *     events</a>
 */
public interface SocketListener {

  default void text(String message) {}

  default void bytes(byte[] message) {}

  default void closed(SocketClose close) {}

  default void failed(JsException error) {}
}
