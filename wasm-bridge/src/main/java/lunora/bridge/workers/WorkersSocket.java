package lunora.bridge.workers;

import lunora.bridge.raw.JsSocketEvent;
import lunora.bridge.raw.JsWebSocket;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import lunora.bridge.value.JsErrors;
import lunora.bridge.value.JsException;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * One end of a WebSocket. Two of these may stand for the same socket: compare attachments, not
 * objects.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/best-practices/websockets/">WebSockets</a>
 */
public final class WorkersSocket {

  /** How far a socket is, in the order of the platform's numbers. */
  public enum ReadyState {
    CONNECTING,
    OPEN,
    CLOSING,
    CLOSED
  }

  private static final ReadyState[] STATES = ReadyState.values();

  private final JsWebSocket js;

  /** Wraps the platform's object. */
  public WorkersSocket(JsWebSocket js) {
    this.js = js;
  }

  /**
   * Queues one text frame. There is no back pressure: see {@link #bufferedBytes}.
   *
   * @throws JsException when this end was closed already
   */
  public void send(String text) {
    Js.run(() -> js.send(text));
  }

  /** Queues one binary frame. */
  public void send(byte[] bytes) {
    Js.run(() -> js.send(JsBinary.toJs(bytes)));
  }

  /**
   * Starts closing.
   *
   * @param code 1000, or another that may be sent, such as 3000 to 4999
   * @param reason at most 123 bytes of UTF-8
   * @throws JsException for a reserved code or a longer reason
   */
  public void close(int code, String reason) {
    Js.run(() -> js.close(code, reason));
  }

  public ReadyState readyState() {
    return STATES[js.getReadyState()];
  }

  /** Bytes queued and not yet taken by the network, or -1 where the runtime cannot tell. */
  public long bufferedBytes() {
    return (long) buffered(js);
  }

  /**
   * Stores a text that survives hibernation with the socket, in place of any other.
   *
   * @throws JsException beyond 16,384 bytes, serialised
   */
  public void attach(String text) {
    Js.run(() -> js.serializeAttachment(text));
  }

  /** The text of {@link #attach}; null when there is none. */
  public @Nullable String attachment() {
    JSString text = attachment(js);
    return text == null ? null : text.stringValue();
  }

  /** The subprotocol, empty when none was agreed on. */
  public String protocol() {
    return protocol(js).stringValue();
  }

  /**
   * Accepts the socket without hibernation and takes its events, as long as the request or object
   * lives.
   */
  public void listen(SocketListener listener) {
    js.addEventListener("message", event -> message(listener, event));
    js.addEventListener("close", event -> listener.closed(closing(event)));
    js.addEventListener("error", event -> listener.failed(JsErrors.foreign(event.getError())));
    Js.run(() -> accept(js));
  }

  private static void message(SocketListener listener, JsSocketEvent event) {
    JSString text = text(event.getData());
    if (text != null) {
      listener.text(text.stringValue());
    } else {
      listener.bytes(JsBinary.toJava(event.getData()));
    }
  }

  private static SocketClose closing(JsSocketEvent event) {
    return new SocketClose(event.getCode(), event.getReason(), event.isWasClean());
  }

  /** The platform's object. */
  public JsWebSocket raw() {
    return js;
  }

  /** Binary frames are to come as an ArrayBuffer: the bytes of a Blob would be a promise. */
  @JSBody(params = "socket", script = "socket.binaryType = 'arraybuffer'; socket.accept();")
  private static native void accept(JsWebSocket socket);

  @JSBody(params = "value", script = "return typeof value === 'string' ? value : null;")
  private static native @Nullable JSString text(JSObject value);

  @JSBody(
      params = "socket",
      script = "var v = socket.deserializeAttachment(); return typeof v === 'string' ? v : null;")
  private static native @Nullable JSString attachment(JsWebSocket socket);

  @JSBody(params = "socket", script = "return socket.protocol || '';")
  private static native JSString protocol(JsWebSocket socket);

  @JSBody(
      params = "socket",
      script = "return typeof socket.bufferedAmount === 'number' ? socket.bufferedAmount : -1;")
  private static native double buffered(JsWebSocket socket);
}
