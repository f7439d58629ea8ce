package lunora.bridge.workers;

import lunora.bridge.raw.JsWebSocketPair;
import org.teavm.jso.JSBody;

/**
 * Both ends of a new WebSocket.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/websockets/">WebSockets</a>
 */
public final class SocketPair {

  private final WorkersSocket client;
  private final WorkersSocket server;

  private SocketPair(JsWebSocketPair js) {
    this.client = new WorkersSocket(js.getClient());
    this.server = new WorkersSocket(js.getServer());
  }

  public static SocketPair create() {
    return new SocketPair(made());
  }

  /** The end for {@link WorkersResponse#upgrade}. */
  public WorkersSocket client() {
    return client;
  }

  /** The end to keep, for {@link WorkersSocket#listen} or {@link HibernatingSockets#accept}. */
  public WorkersSocket server() {
    return server;
  }

  @JSBody(script = "return new WebSocketPair();")
  private static native JsWebSocketPair made();
}
