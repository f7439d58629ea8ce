package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * The SQLite database of one Durable Object.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/">Cloudflare
 *     documentation</a>
 */
public interface JsSqlStorage extends JSObject {

  /** Bytes, as a double. */
  @JSProperty
  double getDatabaseSize();
}
