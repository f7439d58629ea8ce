package lunora.bridge.host;

import lunora.host.local.Clock;
import org.teavm.jso.JSBody;

/**
 * {@code Date.now()}, which stands still between two I/O operations.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/performance/">Timers</a>
 */
public final class CfClock implements Clock {

  @Override
  public long nowMs() {
    return (long) now();
  }

  @Override
  public double nowAsDouble() {
    return now();
  }

  @JSBody(script = "return Date.now();")
  private static native double now();
}
