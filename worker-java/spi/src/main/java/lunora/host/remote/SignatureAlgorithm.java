package lunora.host.remote;

/**
 * The signatures of JSON Web Tokens that can be verified.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.1">RFC 7518</a> and <a
 *     href="https://www.rfc-editor.org/rfc/rfc8037#section-3.1">RFC 8037</a>
 */
public enum SignatureAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256("RS256"),
  /** ECDSA on P-256 with SHA-256; a signature is 64 bytes, not DER. */
  ES256("ES256"),
  /** Ed25519. */
  EDDSA("EdDSA");

  private final String code;

  SignatureAlgorithm(String code) {
    this.code = code;
  }

  /** As the header of a token spells it. */
  public String code() {
    return code;
  }
}
