package lunora.jwt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.api.Identity;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/** What the claims of a token with a good signature have to say (RFC 7519 section 4.1). */
final class JwtClaims {

  private static final String SUBJECT = "sub";

  /**
   * What each token has anew, or says elsewhere. Left out, so that a user is the same with every
   * token and the live queries of their tabs are one.
   */
  private static final List<String> OF_THE_TOKEN = List.of(SUBJECT, "exp", "nbf", "iat", "jti");

  /** Beyond, in seconds, a date is none; far below, milliseconds stay exact. */
  private static final double TIME_MAX = 8.64e12;

  /** Arrays and objects in each other that a shard still reads. */
  private static final int DEPTH_MAX = WireCodec.DEPTH_MAX / 2;

  private final JwtSettings settings;

  JwtClaims(JwtSettings settings) {
    this.settings = settings;
  }

  /**
   * The user that a token names: {@code sub}, with the claims that are about them. Their identity
   * ends with the token, exactly: leeway is for clocks, not for sockets.
   *
   * @throws LunoraException {@code TOKEN_EXPIRED} or {@code UNAUTHENTICATED}
   */
  Identity check(Jwt token, long nowMs) {
    String subject = token.text(SUBJECT);
    if (subject == null || !settings.issuer().equals(token.text("iss")) || !isForUs(token)) {
      throw Jwt.invalid();
    }
    Value expires = token.claims().get("exp");
    if (expires == null) {
      throw Jwt.invalid();
    }
    long expiresAtMs = timeMs(expires);
    if (nowMs - settings.leewayMs() >= expiresAtMs) {
      throw new LunoraException(ErrorCode.TOKEN_EXPIRED, "the token has expired");
    }
    @Nullable Value notBefore = token.claims().get("nbf");
    if (notBefore != null && nowMs + settings.leewayMs() < timeMs(notBefore)) {
      throw Jwt.invalid();
    }
    Map<String, Value> claims = new LinkedHashMap<>(token.claims());
    for (String each : OF_THE_TOKEN) {
      claims.remove(each);
    }
    Value.Obj kept = new Value.Obj(claims);
    if (depth(kept) > DEPTH_MAX) {
      throw Jwt.invalid();
    }
    return new Identity(subject, kept, expiresAtMs);
  }

  private boolean isForUs(Jwt token) {
    Value.Str us = new Value.Str(settings.audience());
    Value audience = token.claims().get("aud");
    return us.equals(audience) || audience instanceof Value.Arr all && all.items().contains(us);
  }

  private static long timeMs(Value seconds) {
    if (seconds instanceof Value.Num number && number.value() > 0 && number.value() < TIME_MAX) {
      return (long) (number.value() * 1000);
    }
    throw Jwt.invalid();
  }

  private static int depth(Value value) {
    int deepest = 0;
    if (value instanceof Value.Obj object) {
      for (Value each : object.fields().values()) {
        deepest = Math.max(deepest, depth(each) + 1);
      }
    } else if (value instanceof Value.Arr array) {
      for (Value each : array.items()) {
        deepest = Math.max(deepest, depth(each) + 1);
      }
    }
    return deepest;
  }
}
