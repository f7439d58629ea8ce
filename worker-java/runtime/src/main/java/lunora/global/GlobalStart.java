package lunora.global;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Bindings;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.GlobalSession;
import org.jspecify.annotations.Nullable;

/**
 * From where a call reads the global database.
 *
 * @param bookmark what the caller sent as {@code x-d1-bookmark}, unchecked; null for nothing
 */
public record GlobalStart(Bindings bindings, @Nullable String bookmark) {

  /** Those of D1 have about 70. */
  private static final int BOOKMARK_LENGTH_MAX = 200;

  /** For reading: near, and not older than the bookmark. Never suspends. */
  public GlobalSession reading() {
    String seen = checked();
    GlobalDatabase database = bindings.database(GlobalSchema.BINDING);
    return seen == null ? database.start(GlobalDatabase.Start.ANYWHERE) : database.resume(seen);
  }

  /** For writing: the primary, which has seen every bookmark. Never suspends. */
  public GlobalSession writing() {
    checked();
    return bindings.database(GlobalSchema.BINDING).start(GlobalDatabase.Start.PRIMARY);
  }

  private @Nullable String checked() {
    if (bookmark == null || bookmark.isEmpty()) {
      return null;
    }
    boolean fits = bookmark.length() <= BOOKMARK_LENGTH_MAX;
    for (int i = 0; fits && i < bookmark.length(); i++) {
      char c = bookmark.charAt(i);
      fits = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-';
    }
    if (!fits) {
      throw new LunoraException(
          ErrorCode.BAD_REQUEST,
          "x-d1-bookmark: at most " + BOOKMARK_LENGTH_MAX + " letters, digits and hyphens");
    }
    return bookmark;
  }
}
