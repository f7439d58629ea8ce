package lunora.api;

import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as the Worker established it.
 *
 * @param userId the user, never empty
 * @param claims everything else that is known of them
 * @param expiresAtMs when the proof of it ends, in milliseconds since the Unix epoch; null for
 *     never. A socket of an identity that ended is closed.
 */
public record Identity(String userId, Value.Obj claims, @Nullable Long expiresAtMs) {

  /** The same, ending when the claims say: {@code expiresAtMs}, or {@code exp} in seconds. */
  public Identity(String userId, Value.Obj claims) {
    this(userId, claims, expiryOf(claims));
  }

  /** A claim that is text; null when there is none, or it is something else. */
  public @Nullable String text(String claim) {
    return claims.fields().get(claim) instanceof Value.Str text ? text.value() : null;
  }

  private static @Nullable Long expiryOf(Value.Obj claims) {
    if (claims.fields().get("expiresAtMs") instanceof Value.Num ms && isTime(ms.value())) {
      return (long) ms.value();
    }
    if (claims.fields().get("exp") instanceof Value.Num s && isTime(s.value() * 1000)) {
      return (long) (s.value() * 1000);
    }
    return null;
  }

  private static boolean isTime(double ms) {
    return ms > 0 && ms < Long.MAX_VALUE;
  }
}
