package lunora.bridge.workers;

/**
 * The digests of Web Crypto.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#supported-algorithms">Supported
 *     algorithms</a>
 */
public enum HashAlgorithm {
  /** Broken: only for old protocols. */
  MD5("MD5"),
  /** Broken: only for old protocols. */
  SHA_1("SHA-1"),
  SHA_256("SHA-256"),
  SHA_384("SHA-384"),
  SHA_512("SHA-512");

  private final String code;

  HashAlgorithm(String code) {
    this.code = code;
  }

  /** As the platform spells it. */
  public String code() {
    return code;
  }
}
