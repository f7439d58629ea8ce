package lunora.bridge.workers;

import lunora.bridge.value.JsBinary;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * A message for a queue.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#queuescontenttype">Content
 *     types</a>
 */
public final class OutgoingMessage {

  private final @Nullable JSObject body;
  private final String contentType;
  private final int delaySeconds;

  private OutgoingMessage(@Nullable JSObject body, String contentType, int delaySeconds) {
    this.body = body;
    this.contentType = contentType;
    this.delaySeconds = delaySeconds;
  }

  /** A message that a consumer in any language reads as a JSON value. */
  public static OutgoingMessage json(JsonText json) {
    return new OutgoingMessage(JsonValues.parsed(json), "json", 0);
  }

  public static OutgoingMessage text(String text) {
    return new OutgoingMessage(JSString.valueOf(text), "text", 0);
  }

  public static OutgoingMessage bytes(byte[] bytes) {
    return new OutgoingMessage(JsBinary.toJs(bytes), "bytes", 0);
  }

  /** The same, delivered after that many seconds, 0 to 86,400, and not before. */
  public OutgoingMessage delayed(int seconds) {
    return new OutgoingMessage(body, contentType, seconds);
  }

  @Nullable JSObject body() {
    return body;
  }

  JSObject options() {
    return fields().js();
  }

  /** As a batch takes it. */
  JSObject entry() {
    return withBody(fields().js(), body);
  }

  private JsOptions fields() {
    return new JsOptions().with("contentType", contentType).number("delaySeconds", delaySeconds);
  }

  @JSBody(
      params = {"entry", "body"},
      script = "entry.body = body; return entry;")
  private static native JSObject withBody(JSObject entry, @Nullable JSObject body);
}
