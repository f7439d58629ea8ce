package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * The algorithms of Web Crypto. The promises are of an {@code ArrayBuffer} where nothing else is
 * said.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Cloudflare
 *     documentation</a>
 */
public interface JsSubtleCrypto extends JSObject {

  JsPromise digest(String algorithm, JSObject data);

  /** A promise of a {@link JsCryptoKey}. */
  JsPromise importKey(
      String format, JSObject key, JSObject algorithm, boolean extractable, JSObject usages);

  JsPromise sign(String algorithm, JsCryptoKey key, JSObject data);

  /** A promise of a boolean. */
  JsPromise verify(String algorithm, JsCryptoKey key, JSObject signature, JSObject data);

  /** A promise of a boolean. */
  JsPromise verify(JSObject algorithm, JsCryptoKey key, JSObject signature, JSObject data);

  /** Throws when the lengths differ. */
  boolean timingSafeEqual(JSObject a, JSObject b);
}
