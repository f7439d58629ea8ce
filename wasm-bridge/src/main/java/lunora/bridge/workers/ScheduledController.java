package lunora.bridge.workers;

import lunora.bridge.raw.JsScheduledController;

/**
 * One run of a cron trigger.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/handlers/scheduled/">Scheduled
 *     handler</a>
 */
public final class ScheduledController {

  private final JsScheduledController js;

  /** Wraps the platform's object. */
  public ScheduledController(JsScheduledController js) {
    this.js = js;
  }

  /** The expression as {@code wrangler.jsonc} has it. */
  public String cron() {
    return js.getCron();
  }

  /** When it was due, in epoch milliseconds. */
  public long scheduledMs() {
    return (long) js.getScheduledTime();
  }

  /** Lets a run that fails not be tried again. */
  public void noRetry() {
    js.noRetry();
  }

  /** The platform's object. */
  public JsScheduledController raw() {
    return js;
  }
}
