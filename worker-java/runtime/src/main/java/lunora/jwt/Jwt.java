package lunora.jwt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A signed token taken apart (RFC 7515, compact form). Nothing in it is true before its signature
 * is verified.
 *
 * @param algorithm as its header names it
 * @param keyId which of the provider's keys signed it, null where it does not say
 * @param signed what the signature is of
 */
record Jwt(
    String algorithm,
    @Nullable String keyId,
    Map<String, Value> claims,
    byte[] signed,
    byte[] signature) {

  /** In characters. What a socket carries of its claims through hibernation has 16 KB. */
  static final int LENGTH_MAX = 8192;

  /**
   * Takes a token apart.
   *
   * @throws LunoraException {@code UNAUTHENTICATED} for anything that is no token
   */
  static Jwt parse(String token) {
    if (token.length() > LENGTH_MAX) {
      throw invalid();
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw invalid();
    }
    Map<String, Value> header = object(parts[0]);
    if (!(header.get("alg") instanceof Value.Str algorithm) || header.containsKey("crit")) {
      // What a critical extension changes nobody here knows.
      throw invalid();
    }
    Value keyId = header.get("kid");
    if (keyId != null && !(keyId instanceof Value.Str)) {
      throw invalid();
    }
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    return new Jwt(
        algorithm.value(),
        keyId instanceof Value.Str text ? text.value() : null,
        object(parts[1]),
        signed,
        bytes(parts[2]));
  }

  /** A claim that is text and not empty, or null. */
  @Nullable String text(String claim) {
    return claims.get(claim) instanceof Value.Str text && !text.value().isEmpty()
        ? text.value()
        : null;
  }

  /** The one refusal of a token: what is wrong with it helps nobody but a forger. */
  static LunoraException invalid() {
    return new LunoraException(ErrorCode.UNAUTHENTICATED, "the token is not valid");
  }

  private static Map<String, Value> object(String part) {
    try {
      Value value = Json.read(new String(bytes(part), StandardCharsets.UTF_8));
      if (value instanceof Value.Obj object) {
        return object.fields();
      }
    } catch (WireFormatException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static byte[] bytes(String base64url) {
    // The decoder also takes padding, which the compact form never has.
    if (base64url.isEmpty() || base64url.indexOf('=') >= 0) {
      throw invalid();
    }
    try {
      return Base64.getUrlDecoder().decode(base64url);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }
}
