package lunora.bridge.workers;

import java.util.OptionalLong;
import lunora.bridge.raw.JsDurableObjectStorage;

/**
 * The one alarm of a Durable Object. Every method suspends.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/alarms/">Alarms</a>
 */
public final class Alarms {

  private final JsDurableObjectStorage js;

  Alarms(JsDurableObjectStorage js) {
    this.js = js;
  }

  /** When it goes off, in epoch milliseconds; empty when none is set, also while one runs. */
  public OptionalLong scheduledMs() {
    double at = Awaited.number(() -> js.getAlarm());
    return Double.isNaN(at) ? OptionalLong.empty() : OptionalLong.of((long) at);
  }

  /**
   * Sets it, in place of any other; a time that has passed goes off at once. Part of the
   * transaction of the other writes.
   *
   * @throws lunora.bridge.value.JsException when the class has no alarm handler, or for a time
   *     before 1970
   */
  public void set(long epochMs) {
    Awaited.nothing(() -> js.setAlarm((double) epochMs));
  }

  /** Takes it back; inside the handler that also ends its retries. */
  public void delete() {
    Awaited.nothing(() -> js.deleteAlarm());
  }
}
