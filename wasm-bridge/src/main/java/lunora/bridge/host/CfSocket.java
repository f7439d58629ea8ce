package lunora.bridge.host;

import lunora.bridge.raw.JsWebSocket;
import lunora.bridge.value.JsText;
import lunora.host.local.Socket;
import lunora.wire.JsonText;
import org.teavm.jso.JSBody;

/**
 * A hibernatable WebSocket. Two of these may stand for the same socket: compare attachments, not
 * objects.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/best-practices/websockets/">WebSocket
 *     hibernation</a>
 */
public final class CfSocket implements Socket {

  private final JsWebSocket js;
  private final CfSockets owner;

  CfSocket(JsWebSocket js, CfSockets owner) {
    this.js = js;
    this.owner = owner;
  }

  JsWebSocket js() {
    return js;
  }

  @Override
  public String attachment() {
    return attachment(js);
  }

  @Override
  public void attach(String text) {
    js.serializeAttachment(text);
  }

  @Override
  public boolean send(JsonText frame) {
    return owner.send(js, JsText.toJs(frame));
  }

  @Override
  public void close(int code, String reason) {
    close(js, code, reason);
    owner.closed();
  }

  @Override
  public long bufferedBytes() {
    return (long) buffered(js);
  }

  /** A socket that somebody accepted without an attachment has null, read as an empty text. */
  @JSBody(
      params = "ws",
      script = "var text = ws.deserializeAttachment(); return text === null ? '' : String(text);")
  private static native String attachment(JsWebSocket ws);

  @JSBody(
      params = {"ws", "code", "reason"},
      script = "if (ws.readyState < 2) ws.close(code, reason);")
  private static native void close(JsWebSocket ws, int code, String reason);

  @JSBody(
      params = "ws",
      script = "return typeof ws.bufferedAmount === 'number' ? ws.bufferedAmount : -1;")
  private static native double buffered(JsWebSocket ws);
}
