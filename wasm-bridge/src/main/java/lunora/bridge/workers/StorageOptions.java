package lunora.bridge.workers;

import org.teavm.jso.JSObject;

/**
 * How one call of the key-value storage treats the platform's guarantees. {@link #DEFAULT} keeps
 * all of them.
 *
 * @param allowConcurrency delivers other events while the call waits
 * @param allowUnconfirmed lets answers leave before a write is durable
 * @param noCache keeps the value out of the memory cache
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#supported-options">Options</a>
 */
public record StorageOptions(boolean allowConcurrency, boolean allowUnconfirmed, boolean noCache) {

  public static final StorageOptions DEFAULT = new StorageOptions(false, false, false);

  JSObject js() {
    return new JsOptions()
        .flag("allowConcurrency", allowConcurrency)
        .flag("allowUnconfirmed", allowUnconfirmed)
        .flag("noCache", noCache)
        .js();
  }
}
