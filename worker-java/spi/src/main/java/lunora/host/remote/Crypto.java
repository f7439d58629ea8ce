package lunora.host.remote;

import lunora.host.local.RandomSource;
import lunora.wire.JsonText;

/**
 * Cryptography of the host. What suspends says so.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/">Web Crypto</a>
 */
public interface Crypto {

  /** The SHA-256 of the data, 32 bytes. May suspend. */
  byte[] sha256(byte[] data);

  /** A SHA-256 of data that comes in parts, for what does not fit into memory. */
  Sha256 startSha256();

  /**
   * A secret for HMAC-SHA256. May be kept for as long as the isolate lives. May suspend.
   *
   * @throws IllegalArgumentException for an empty secret
   */
  HmacSecret hmacSecret(byte[] secret);

  /**
   * A public key as an identity provider publishes it. Only the members that make up the key are
   * read; {@code alg}, {@code use} and {@code key_ops} are the caller's to judge. May be kept for
   * as long as the isolate lives. May suspend.
   *
   * @param jwk a JSON Web Key, RFC 7517
   * @throws IllegalArgumentException when it is no public key for the algorithm, or an RSA key of
   *     fewer than 2,048 bits
   */
  VerificationKey verificationKey(SignatureAlgorithm algorithm, JsonText jwk);

  /** Fresh randomness. Never suspends. */
  RandomSource random();
}
