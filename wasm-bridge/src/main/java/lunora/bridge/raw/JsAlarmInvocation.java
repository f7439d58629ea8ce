package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * What an alarm handler learns of its run.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/alarms/#alarm">Cloudflare
 *     documentation</a>
 */
public interface JsAlarmInvocation extends JSObject {

  @JSProperty
  int getRetryCount();

  @JSProperty("isRetry")
  boolean isRetry();

  /** Epoch milliseconds. */
  @JSProperty
  double getScheduledTime();
}
