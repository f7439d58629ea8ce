package lunora.bridge.workers;

import lunora.bridge.raw.JsMessage;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import lunora.bridge.value.JsText;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * One message of a batch. Of several outcomes the first counts. Nothing here suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#message">Message</a>
 */
public final class BatchMessage {

  private final JsMessage js;

  BatchMessage(JsMessage js) {
    this.js = js;
  }

  public String id() {
    return js.getId();
  }

  /** When it was sent, in epoch milliseconds. */
  public long sentMs() {
    return (long) js.getTimestamp().getTime();
  }

  /** How often it has been delivered, this time included. */
  public int attempts() {
    return js.getAttempts();
  }

  /** What was sent as text; null for anything else. */
  public @Nullable String text() {
    JSString text = text(js);
    return text == null ? null : text.stringValue();
  }

  /** What was sent as bytes; null for anything else. */
  public byte @Nullable [] bytes() {
    JSObject bytes = bytes(js);
    return bytes == null ? null : JsBinary.toJava(bytes);
  }

  /**
   * What was sent as a JSON value; null for bytes and for what JSON has no form of. A text is a
   * JSON string.
   */
  public @Nullable JsonText json() {
    JSString text = json(js);
    return text == null ? null : new JsText(text);
  }

  /** The message was dealt with, whatever becomes of the others. */
  public void ack() {
    js.ack();
  }

  /**
   * The message comes again, or goes to the dead-letter queue when it came often enough.
   *
   * @param delaySeconds 0 to 86,400
   * @throws lunora.bridge.value.JsException for any other delay, where the platform checks it
   */
  public void retry(int delaySeconds) {
    JSObject options = new JsOptions().number("delaySeconds", delaySeconds).js();
    Js.run(() -> js.retry(options));
  }

  @JSBody(
      params = "message",
      script = "return typeof message.body === 'string' ? message.body : null;")
  private static native @Nullable JSString text(JsMessage message);

  @JSBody(
      params = "message",
      script =
          "var body = message.body;"
              + "return body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? body : null;")
  private static native @Nullable JSObject bytes(JsMessage message);

  /** Of objects only plain ones: the others were sent by structured cloning. */
  @JSBody(
      params = "message",
      script =
          "var body = message.body;"
              + "if (body !== null && typeof body === 'object' && !Array.isArray(body)"
              + "    && Object.getPrototypeOf(body) !== Object.prototype) return null;"
              + "try { var text = JSON.stringify(body); } catch (e) { return null; }"
              + "return text === undefined ? null : text;")
  private static native @Nullable JSString json(JsMessage message);
}
