package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lunora.bridge.raw.JsAutoResponse;
import lunora.bridge.raw.JsDate;
import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsWebSocket;
import lunora.bridge.value.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * The WebSockets of a Durable Object that stay open while the object sleeps. Nothing here suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/state/#acceptwebsocket">WebSocket
 *     hibernation</a>
 */
public final class HibernatingSockets {

  /** The platform's limit on {@link #limitEvents}: 7 days. */
  public static final long EVENT_TIMEOUT_MS_MAX = 604_800_000;

  private final JsDurableObjectState state;

  HibernatingSockets(JsDurableObjectState state) {
    this.state = state;
  }

  /**
   * Takes the server's end of a pair; its events then go to {@link DurableObject}.
   *
   * @param tags at most 10, each at most 256 characters; they cannot be changed later
   * @throws lunora.bridge.value.JsException beyond those limits or 32,768 sockets
   */
  public void accept(WorkersSocket server, String... tags) {
    JSArrayReader<JSString> list = JsOptions.strings(List.of(tags));
    Js.run(() -> state.acceptWebSocket(server.raw(), list));
  }

  /** All sockets that are not disconnected; one that is closing may still be among them. */
  public List<WorkersSocket> all() {
    return wrapped(state.getWebSockets());
  }

  /** The same, only those accepted under the tag. */
  public List<WorkersSocket> tagged(String tag) {
    return wrapped(state.getWebSockets(tag));
  }

  private static List<WorkersSocket> wrapped(JSArrayReader<JsWebSocket> sockets) {
    List<WorkersSocket> list = new ArrayList<>(sockets.getLength());
    for (int i = 0; i < sockets.getLength(); i++) {
      list.add(new WorkersSocket(sockets.get(i)));
    }
    return list;
  }

  /** The tags of a socket accepted here. */
  public List<String> tags(WorkersSocket socket) {
    return Js.call(() -> JsOptions.texts(state.getTags(socket.raw())));
  }

  /** Has the platform answer one frame for all sockets, in place of any other. */
  public void respond(AutoResponse pair) {
    Js.run(() -> state.setWebSocketAutoResponse(made(pair.request(), pair.response())));
  }

  /** Has the platform answer no frame. */
  public void respondToNothing() {
    state.setWebSocketAutoResponse();
  }

  /** What the platform answers; null when nothing. */
  public @Nullable AutoResponse autoResponse() {
    JsAutoResponse pair = state.getWebSocketAutoResponse();
    return pair == null ? null : new AutoResponse(pair.getRequest(), pair.getResponse());
  }

  /** When the platform last answered for the socket, in epoch milliseconds. */
  public OptionalLong respondedAtMs(WorkersSocket socket) {
    JsDate at = state.getWebSocketAutoResponseTimestamp(socket.raw());
    return at == null ? OptionalLong.empty() : OptionalLong.of((long) at.getTime());
  }

  /**
   * Limits how long one event of a socket may take.
   *
   * @param timeoutMs up to {@link #EVENT_TIMEOUT_MS_MAX}
   * @throws lunora.bridge.value.JsException beyond
   */
  public void limitEvents(long timeoutMs) {
    Js.run(() -> state.setHibernatableWebSocketEventTimeout((double) timeoutMs));
  }

  /** Takes the limit back. */
  public void limitEventsNoMore() {
    state.setHibernatableWebSocketEventTimeout();
  }

  /** The limit of {@link #limitEvents}, when there is one. */
  public OptionalLong eventTimeoutMs() {
    double timeoutMs = eventTimeout(state);
    return timeoutMs < 0 ? OptionalLong.empty() : OptionalLong.of((long) timeoutMs);
  }

  @JSBody(
      params = {"request", "response"},
      script = "return new WebSocketRequestResponsePair(request, response);")
  private static native JsAutoResponse made(String request, String response);

  @JSBody(
      params = "state",
      script =
          "var ms = state.getHibernatableWebSocketEventTimeout();"
              + "return typeof ms === 'number' ? ms : -1;")
  private static native double eventTimeout(JsDurableObjectState state);
}
