package lunora.edge;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import org.jspecify.annotations.Nullable;

/** Which shard keys a client may name (protocol section 14.1). */
public final class ShardKeys {

  /** The shard of a call that names none, unless the app says otherwise. */
  public static final String DEFAULT = "__root__";

  /** In UTF-16 units. */
  private static final int LENGTH_MAX = 512;

  private ShardKeys() {}

  /**
   * The key of a call.
   *
   * @throws LunoraException {@code BAD_REQUEST} for a key that is too long, {@code FORBIDDEN_SHARD}
   *     for one that is the system's
   */
  static String resolve(@Nullable String named, String defaultKey) {
    if (named == null) {
      return defaultKey;
    }
    if (named.length() > LENGTH_MAX) {
      throw new LunoraException(
          ErrorCode.BAD_REQUEST, "a shard key has at most " + LENGTH_MAX + " characters");
    }
    if (named.contains("::relay::") || named.contains("::replica::")) {
      throw new LunoraException(ErrorCode.FORBIDDEN_SHARD, "Forbidden shard");
    }
    return named;
  }
}
