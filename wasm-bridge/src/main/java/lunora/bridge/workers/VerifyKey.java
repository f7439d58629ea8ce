package lunora.bridge.workers;

import lunora.bridge.raw.JsCryptoKey;
import lunora.bridge.raw.JsSubtleCrypto;
import lunora.bridge.value.JsBinary;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A public key.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Web Crypto</a>
 */
public final class VerifyKey {

  private final JsSubtleCrypto subtle;
  private final SignatureScheme scheme;
  private final JsCryptoKey key;

  VerifyKey(JsSubtleCrypto subtle, SignatureScheme scheme, JsCryptoKey key) {
    this.subtle = subtle;
    this.scheme = scheme;
    this.key = key;
  }

  /** Whether the key's owner signed the data. Suspends. */
  public boolean verify(byte[] signature, byte[] data) {
    JSObject parameters = scheme.parameters();
    return Awaited.flag(
        () -> subtle.verify(parameters, key, JsBinary.toJs(signature), JsBinary.toJs(data)));
  }

  /** The size of an RSA key in bits; 0 for any other. */
  public int modulusBits() {
    return modulusBits(key);
  }

  @JSBody(params = "key", script = "return key.algorithm.modulusLength | 0;")
  private static native int modulusBits(JsCryptoKey key);
}
