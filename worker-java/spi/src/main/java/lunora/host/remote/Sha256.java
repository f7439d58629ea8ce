package lunora.host.remote;

/**
 * A SHA-256 under construction, in memory that does not grow.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors">DigestStream</a>
 */
public interface Sha256 {

  /**
   * Adds the next part of the data. May suspend.
   *
   * @throws IllegalStateException after {@link #finish}
   */
  void update(byte[] part);

  /**
   * The digest of all parts, 32 bytes. To be called once. May suspend.
   *
   * @throws IllegalStateException the second time
   */
  byte[] finish();
}
