package lunora.changes;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * That a global table was written to: {@code {"table", "bookmark"?}}.
 *
 * @param bookmark from which on the write is seen; null when it is not known
 */
public record Change(String table, @Nullable String bookmark) {

  /** Where a shard is told of one. */
  public static final String SHARD_PATH = "/global/changed";

  /** The text between the objects. */
  JsonText text() {
    JsonWriter json = new JsonWriter().raw("{\"table\":").string(table);
    if (bookmark != null) {
      json.raw(",\"bookmark\":").string(bookmark);
    }
    return json.raw("}").finish();
  }

  /**
   * Reads the text back.
   *
   * @throws LunoraException {@code INVALID_INPUT} for any other text
   */
  public static Change read(String text) {
    try {
      if (Json.read(text) instanceof Value.Obj object
          && object.fields().get("table") instanceof Value.Str table) {
        Value bookmark = object.fields().get("bookmark");
        return new Change(table.value(), bookmark instanceof Value.Str at ? at.value() : null);
      }
    } catch (WireFormatException e) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "send JSON");
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "`table` must be a string");
  }

  /** The later of two bookmarks: sorted as text they are sorted by time. */
  public static @Nullable String later(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) < 0 ? other : one;
  }
}
