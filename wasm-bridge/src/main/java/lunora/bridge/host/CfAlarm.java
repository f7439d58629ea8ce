package lunora.bridge.host;

import lunora.bridge.raw.JsDurableObjectStorage;
import lunora.bridge.value.Js;
import lunora.host.local.Alarm;
import org.teavm.jso.JSBody;

/**
 * The alarm of a Durable Object. Its promises are not waited for: an object with SQLite writes the
 * time into its database in the call itself, within the transaction that is running. A write that
 * fails breaks the object, as that of a row does.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/alarms/">Alarms</a>
 */
public final class CfAlarm implements Alarm {

  private final JsDurableObjectStorage storage;

  public CfAlarm(JsDurableObjectStorage storage) {
    this.storage = storage;
  }

  @Override
  public void set(long epochMs) {
    if (epochMs < 0) {
      throw new IllegalArgumentException("an alarm before 1970: " + epochMs);
    }
    Js.run(() -> set(storage, (double) epochMs));
  }

  @Override
  public void delete() {
    Js.run(() -> delete(storage));
  }

  @JSBody(
      params = {"storage", "epochMs"},
      script = "storage.setAlarm(epochMs).catch(function () {});")
  private static native void set(JsDurableObjectStorage storage, double epochMs);

  @JSBody(params = "storage", script = "storage.deleteAlarm().catch(function () {});")
  private static native void delete(JsDurableObjectStorage storage);
}
