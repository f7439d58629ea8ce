package lunora.boot;

import java.util.HashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.TokenOptions;
import lunora.jwt.JwtAuthenticator;
import lunora.jwt.JwtSettings;

/**
 * The verifiers that options ask for. Kept by their settings: where options are made anew for each
 * request the keys that were fetched are still there.
 */
final class TokenVerifiers {

  private final Map<TokenOptions, JwtAuthenticator> bySettings = new HashMap<>();

  /**
   * The verifier of some options.
   *
   * @throws LunoraException {@code MISCONFIGURED} when they name no key, or are wrong otherwise
   */
  JwtAuthenticator of(TokenOptions options) {
    JwtAuthenticator known = bySettings.get(options);
    if (known == null) {
      known = make(options);
      bySettings.put(options, known);
    }
    return known;
  }

  private static JwtAuthenticator make(TokenOptions options) {
    try {
      JwtSettings settings = JwtSettings.of(options.issuer(), options.audience());
      String keysUrl = options.keysUrl();
      String keys = options.keys();
      String variable = options.secretVariable();
      settings = keysUrl == null ? settings : settings.keysAt(keysUrl);
      settings = keys == null ? settings : settings.keys(keys);
      settings = variable == null ? settings : settings.hs256(variable);
      return JwtAuthenticator.of(settings);
    } catch (IllegalArgumentException e) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "options.jwt: " + e.getMessage());
    }
  }
}
