package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * An e-mail that arrived.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/email-routing/email-workers/runtime-api/">Cloudflare
 *     documentation</a>
 */
public interface JsIncomingEmail extends JSObject {

  @JSProperty
  String getFrom();

  @JSProperty
  String getTo();

  @JSProperty
  JsHeaders getHeaders();

  @JSProperty
  JsReadableStream getRaw();

  @JSProperty
  double getRawSize();

  void setReject(String reason);

  /** A promise of nothing. */
  JsPromise forward(String to);
}
