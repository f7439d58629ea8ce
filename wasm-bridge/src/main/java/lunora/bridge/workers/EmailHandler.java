package lunora.bridge.workers;

/**
 * What a Worker without the engine does with an e-mail.
 *
 * @see <a href="https://developers.cloudflare.com/email-routing/email-workers/runtime-api/">E-mail
 *     handler</a>
 */
@FunctionalInterface
public interface EmailHandler {

  /** One message. May suspend. */
  void email(IncomingEmail email, Env env, ExecutionContext context);
}
