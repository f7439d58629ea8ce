package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * The right to send e-mail.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/email-routing/email-workers/send-email-workers/">Cloudflare
 *     documentation</a>
 */
public interface JsSendEmail extends JSObject {

  /** A promise of an object about what was sent. */
  JsPromise send(JSObject message);
}
