package lunora.bridge.workers;

import lunora.bridge.raw.JsSendEmail;
import org.teavm.jso.JSObject;

/**
 * The right to send e-mail from an address of a zone of the account.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/email-routing/email-workers/send-email-workers/">Send
 *     e-mail</a>
 */
public final class EmailSender {

  private final JsSendEmail js;

  EmailSender(JsSendEmail js) {
    this.js = js;
  }

  /**
   * Sends a message of plain text. Suspends.
   *
   * @throws lunora.bridge.value.JsException when the platform refuses an address
   */
  public void send(String from, String to, String subject, String text) {
    JsOptions message = new JsOptions().with("from", from).with("to", to);
    JSObject made = message.with("subject", subject).with("text", text).js();
    Awaited.nothing(() -> js.send(made));
  }
}
