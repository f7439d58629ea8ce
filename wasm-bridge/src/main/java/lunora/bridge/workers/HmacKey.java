package lunora.bridge.workers;

import lunora.bridge.raw.JsCryptoKey;
import lunora.bridge.raw.JsSubtleCrypto;
import lunora.bridge.value.JsBinary;

/**
 * A secret that signs messages. Every method suspends.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Web Crypto</a>
 */
public final class HmacKey {

  private final JsSubtleCrypto subtle;
  private final JsCryptoKey key;

  HmacKey(JsSubtleCrypto subtle, JsCryptoKey key) {
    this.subtle = subtle;
    this.key = key;
  }

  /** The message's code, as long as the digest. */
  public byte[] sign(byte[] message) {
    return Awaited.bytes(() -> subtle.sign("HMAC", key, JsBinary.toJs(message)));
  }

  /** Whether the code is that of the message, compared in constant time. */
  public boolean verify(byte[] code, byte[] message) {
    return Awaited.flag(
        () -> subtle.verify("HMAC", key, JsBinary.toJs(code), JsBinary.toJs(message)));
  }
}
