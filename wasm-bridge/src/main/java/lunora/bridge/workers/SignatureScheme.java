package lunora.bridge.workers;

import org.teavm.jso.JSObject;

/**
 * How a signature is made, where a public key verifies it.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#supported-algorithms">Supported
 *     algorithms</a>
 */
public enum SignatureScheme {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RSA_SHA_256("RSASSA-PKCS1-v1_5"),
  /** ECDSA on P-256 with SHA-256; signatures of 64 bytes. */
  ECDSA_P_256("ECDSA"),
  ED25519("Ed25519");

  private final String code;

  SignatureScheme(String code) {
    this.code = code;
  }

  /** What importing and verifying both take; each ignores what it does not know. */
  JSObject parameters() {
    return new JsOptions()
        .with("name", code)
        .with("hash", "SHA-256")
        .with("namedCurve", "P-256")
        .js();
  }
}
