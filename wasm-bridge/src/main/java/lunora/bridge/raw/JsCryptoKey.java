package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A key that Web Crypto holds.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Cloudflare
 *     documentation</a>
 */
public interface JsCryptoKey extends JSObject {

  @JSProperty
  String getType();
}
