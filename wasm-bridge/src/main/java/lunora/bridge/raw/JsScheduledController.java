package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * One run of a cron trigger.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/handlers/scheduled/">Cloudflare
 *     documentation</a>
 */
public interface JsScheduledController extends JSObject {

  @JSProperty
  String getCron();

  /** Epoch milliseconds. */
  @JSProperty
  double getScheduledTime();

  void noRetry();
}
