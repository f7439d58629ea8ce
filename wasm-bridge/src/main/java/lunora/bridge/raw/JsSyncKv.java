package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * The keys and values of an object's SQLite storage, without promises.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#synchronous-kv-api">Cloudflare
 *     documentation</a>
 */
public interface JsSyncKv extends JSObject {

  @Nullable JSObject get(String key);

  void put(String key, JSObject value);

  /** Whether the key was there. */
  boolean delete(String key);
}
