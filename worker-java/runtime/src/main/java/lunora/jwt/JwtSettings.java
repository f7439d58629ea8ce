package lunora.jwt;

import org.jspecify.annotations.Nullable;

/**
 * Whose tokens an app accepts. Issuer and audience have no default: a token for somebody else is
 * not one for this app.
 *
 * <pre>{@code
 * JwtSettings.of("https://accounts.example", "my-app")
 *     .keysAt("https://accounts.example/.well-known/jwks.json")
 * }</pre>
 *
 * @param issuer the {@code iss} of every token
 * @param audience what {@code aud} is, or has among others
 * @param keysUrl where the provider publishes its keys, null for nowhere
 * @param keys a JSON Web Key Set that does not change, null for none
 * @param secretVariable the variable of the deployment that holds the secret of HS256 tokens, null
 *     where no such token is accepted
 * @param leewayMs by how much the provider's clock may differ from ours
 * @param keysLifeMs for how long fetched keys are good without asking again
 * @param askAgainMs the shortest time between two fetches, whatever tokens arrive
 */
public record JwtSettings(
    String issuer,
    String audience,
    @Nullable String keysUrl,
    @Nullable String keys,
    @Nullable String secretVariable,
    long leewayMs,
    long keysLifeMs,
    long askAgainMs) {

  private static final long LEEWAY_MS = 30_000;
  private static final long LEEWAY_MS_MAX = 5 * 60_000;
  private static final long KEYS_LIFE_MS = 10 * 60_000;
  private static final long ASK_AGAIN_MS = 30_000;

  /**
   * Checks what is set.
   *
   * @throws IllegalArgumentException for a missing issuer or audience, keys from a URL that is not
   *     HTTPS or of this machine, a negative time, a leeway of more than five minutes
   */
  public JwtSettings {
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException("a verifier of tokens needs an issuer and an audience");
    }
    if (keysUrl != null && !isTrusted(keysUrl)) {
      throw new IllegalArgumentException("keys come over https:// only, not from " + keysUrl);
    }
    if (leewayMs < 0 || leewayMs > LEEWAY_MS_MAX) {
      throw new IllegalArgumentException("leeway of " + leewayMs + " ms: 0 to " + LEEWAY_MS_MAX);
    }
    if (keysLifeMs < 0 || askAgainMs < 0) {
      throw new IllegalArgumentException("a time below zero");
    }
  }

  /** Accepts nothing yet: name the keys next. */
  public static JwtSettings of(String issuer, String audience) {
    return new JwtSettings(
        issuer, audience, null, null, null, LEEWAY_MS, KEYS_LIFE_MS, ASK_AGAIN_MS);
  }

  /** The same with the keys that the provider publishes there, for RS256, ES256 and EdDSA. */
  public JwtSettings keysAt(String url) {
    return new JwtSettings(
        issuer, audience, url, keys, secretVariable, leewayMs, keysLifeMs, askAgainMs);
  }

  /** The same with a key set, {@code {"keys":[...]}}, that does not change. */
  public JwtSettings keys(String keySet) {
    return new JwtSettings(
        issuer, audience, keysUrl, keySet, secretVariable, leewayMs, keysLifeMs, askAgainMs);
  }

  /** The same with HS256 tokens too, signed with the secret of at least 32 bytes in a variable. */
  public JwtSettings hs256(String variable) {
    return new JwtSettings(
        issuer, audience, keysUrl, keys, variable, leewayMs, keysLifeMs, askAgainMs);
  }

  /** The same with another leeway, in milliseconds. */
  public JwtSettings leeway(long ms) {
    return new JwtSettings(
        issuer, audience, keysUrl, keys, secretVariable, ms, keysLifeMs, askAgainMs);
  }

  /** The same with other times for fetched keys, in milliseconds. */
  public JwtSettings keyTimes(long lifeMs, long againMs) {
    return new JwtSettings(
        issuer, audience, keysUrl, keys, secretVariable, leewayMs, lifeMs, againMs);
  }

  private static boolean isTrusted(String url) {
    return url.startsWith("https://")
        || url.startsWith("http://localhost:")
        || url.startsWith("http://127.0.0.1:");
  }
}
