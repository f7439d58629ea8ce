package lunora.bridge.workers;

import lunora.bridge.raw.JsIncomingEmail;

/**
 * An e-mail that arrived.
 *
 * @see <a href="https://developers.cloudflare.com/email-routing/email-workers/runtime-api/">E-mail
 *     message</a>
 */
public final class IncomingEmail {

  private final JsIncomingEmail js;

  /** Wraps the platform's object. */
  public IncomingEmail(JsIncomingEmail js) {
    this.js = js;
  }

  /** The sender of the envelope. */
  public String from() {
    return js.getFrom();
  }

  /** The recipient of the envelope. */
  public String to() {
    return js.getTo();
  }

  /** The headers of the message. */
  public WorkersHeaders headers() {
    return new WorkersHeaders(js.getHeaders());
  }

  /** The whole message as it was sent. */
  public ByteStream body() {
    return new ByteStream(js.getRaw());
  }

  public long sizeBytes() {
    return (long) js.getRawSize();
  }

  /** Refuses it: the sender's server is told why. */
  public void reject(String reason) {
    js.setReject(reason);
  }

  /** Sends it on to a verified address. Suspends. */
  public void forward(String to) {
    Awaited.nothing(() -> js.forward(to));
  }
}
