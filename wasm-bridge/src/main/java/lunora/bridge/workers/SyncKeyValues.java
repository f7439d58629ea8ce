package lunora.bridge.workers;

import java.util.Map;
import lunora.bridge.raw.JsSyncKv;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The keys and values of an object's storage, read and written at once. Nothing here suspends, so
 * it may be used inside {@link DurableObjectStorage#transactionSync}.
 *
 * <p>Values are what {@link DurableObjectStorage} takes.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#synchronous-kv-api">Synchronous
 *     KV</a>
 */
public final class SyncKeyValues {

  private final JsSyncKv js;

  SyncKeyValues(JsSyncKv js) {
    this.js = js;
  }

  /** The value; null when there is none. */
  public @Nullable Object get(String key) {
    try {
      return StorageValues.toJava(js.get(key));
    } catch (RuntimeException e) {
      throw JsErrors.unchecked(e);
    }
  }

  public void put(String key, Object value) {
    Js.run(() -> js.put(key, StorageValues.toJs(value)));
  }

  /** Whether the key was there. */
  public boolean delete(String key) {
    return Js.<Boolean>call(() -> js.delete(key));
  }

  /** Keys and values in the order of the keys. */
  public Map<String, Object> list(ListOptions options) {
    return Js.call(() -> StorageValues.pairs(listed(js, options.js())));
  }

  @JSBody(
      params = {"kv", "options"},
      script = "return kv.list(options);")
  private static native JSObject listed(JsSyncKv kv, JSObject options);
}
