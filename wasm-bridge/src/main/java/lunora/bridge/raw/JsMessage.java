package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * One message of a queue.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#message">Cloudflare
 *     documentation</a>
 */
public interface JsMessage extends JSObject {

  @JSProperty
  String getId();

  @JSProperty
  JsDate getTimestamp();

  @JSProperty
  int getAttempts();

  /** Whatever was sent: any JSON value, a string, bytes, or what structured cloning takes. */
  @JSProperty
  @Nullable JSObject getBody();

  void ack();

  void retry(JSObject options);
}
