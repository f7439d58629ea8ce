package lunora.registry;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.wire.JsonSink;
import org.jspecify.annotations.Nullable;

/**
 * The files of a deployment: {@code __lunora_file}, one row for each object of the storage, in one
 * of three states. {@code awaited}: somebody has a URL to upload it; {@code stored}: it has
 * arrived; {@code doomed}: no row named it, and a sweep is about to delete it. And, in one row of
 * {@code __lunora_file_sweep}, since when that is written down, and how far the sweep is. Never
 * suspends.
 */
final class FileStore {

  private static final String FILES = "\"__lunora_file\"";
  private static final String SWEEP = "\"__lunora_file_sweep\"";

  private final SqlStorage sql;

  /** Opens the tables, making them if there are none: files are written down from then on. */
  FileStore(SqlStorage sql, double nowMs) {
    this.sql = sql;
    sql.execute(
        "CREATE TABLE IF NOT EXISTS "
            + FILES
            + " (key TEXT PRIMARY KEY, content_type TEXT, size REAL, who TEXT, state TEXT NOT NULL,"
            + " announced REAL NOT NULL, expires REAL NOT NULL, etag TEXT, uploaded REAL)"
            + " WITHOUT ROWID");
    sql.execute(
        "CREATE INDEX IF NOT EXISTS \"__lunora_file.state\" ON " + FILES + " (state, expires)");
    sql.execute(
        "CREATE TABLE IF NOT EXISTS "
            + SWEEP
            + " (id INTEGER PRIMARY KEY CHECK (id = 0), since REAL NOT NULL, cursor TEXT,"
            + " busy_until REAL NOT NULL)");
    sql.execute(
        "INSERT OR IGNORE INTO " + SWEEP + " (id, since, busy_until) VALUES (0, ?, 0)", nowMs);
  }

  /**
   * An object is to come, maybe in the place of one that is there.
   *
   * @param longestMs how long ago it was doomed where no sweep can delete it any more
   * @return false when a sweep is about to delete what has that key
   */
  boolean announce(
      String key,
      String contentType,
      double size,
      @Nullable String who,
      double at,
      double expires,
      double longestMs) {
    SqlRows doomed =
        sql.query(
            "SELECT 1 FROM " + FILES + " WHERE key = ? AND state = 'doomed' AND announced > ?",
            key,
            at - longestMs);
    if (doomed.size() > 0) {
      return false;
    }
    sql.execute(
        "INSERT INTO "
            + FILES
            + " (key, content_type, size, who, state, announced, expires)"
            + " VALUES (?, ?, ?, ?, 'awaited', ?, ?) ON CONFLICT (key) DO UPDATE SET"
            + " content_type = excluded.content_type, size = excluded.size, who = excluded.who,"
            + " state = 'awaited', announced = excluded.announced,"
            + " expires = max(expires, excluded.expires)",
        key,
        contentType,
        size,
        who,
        at,
        expires);
    return true;
  }

  /** An object has arrived. Nothing happens where no row names it. */
  void stored(
      String key, @Nullable String contentType, double size, String etag, double uploadedMs) {
    sql.execute(
        "UPDATE "
            + FILES
            + " SET state = 'stored', content_type = ?, size = ?, etag = ?, uploaded = ?"
            + " WHERE key = ? AND state <> 'doomed'",
        contentType,
        size,
        etag,
        uploadedMs,
        key);
  }

  /** Forgets an object. One that a sweep deletes stays doomed until the sweep is done with it. */
  void remove(String key) {
    sql.execute("DELETE FROM " + FILES + " WHERE key = ? AND state <> 'doomed'", key);
  }

  /** Forgets an object that did not come in time, unless it came meanwhile. */
  void expire(String key, double beforeMs) {
    sql.execute(
        "DELETE FROM " + FILES + " WHERE key = ? AND state = 'awaited' AND expires < ?",
        key,
        beforeMs);
  }

  /** The keys of objects that were to come until a time and are not known to have. */
  List<String> overdue(double beforeMs, int limit) {
    SqlRows rows =
        sql.query(
            "SELECT key FROM "
                + FILES
                + " WHERE state = 'awaited' AND expires < ? ORDER BY expires LIMIT ?",
            beforeMs,
            limit);
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      keys.add(rows.text(row, 0));
    }
    return keys;
  }

  /** Whether no row names the object; if so and it is wanted, the object is doomed from now on. */
  boolean unnamed(String key, boolean doom, double nowMs) {
    if (sql.query("SELECT 1 FROM " + FILES + " WHERE key = ?", key).size() > 0) {
      return false;
    }
    if (doom) {
      sql.execute(
          "INSERT INTO " + FILES + " (key, state, announced, expires) VALUES (?, 'doomed', ?, ?)",
          key,
          nowMs,
          nowMs);
    }
    return true;
  }

  /** Spares a doomed object, or forgets it once it is deleted. */
  void release(String key) {
    sql.execute("DELETE FROM " + FILES + " WHERE key = ? AND state = 'doomed'", key);
  }

  /**
   * Begins a sweep, unless another one is under way; one that has outlived its time is taken for
   * dead. What was doomed so long ago and neither deleted nor spared is free again; a delete that
   * was under way then has happened by now, or never will.
   */
  boolean begin(double nowMs, double longestMs) {
    SqlRows busy = sql.query("SELECT 1 FROM " + SWEEP + " WHERE busy_until > ?", nowMs);
    if (busy.size() > 0) {
      return false;
    }
    sql.execute(
        "DELETE FROM " + FILES + " WHERE state = 'doomed' AND announced <= ?", nowMs - longestMs);
    sql.execute("UPDATE " + SWEEP + " SET busy_until = ?", nowMs + longestMs);
    return true;
  }

  /** Ends a sweep, which the next one goes on from. */
  void end(@Nullable String cursor) {
    sql.execute("UPDATE " + SWEEP + " SET busy_until = 0, cursor = ?", cursor);
  }

  /** Writes since when files are written down, and where the last sweep stopped. */
  void writeSweep(JsonSink sink) {
    SqlRows rows = sql.query("SELECT since, cursor FROM " + SWEEP);
    sink.raw("\"since\":").number(rows.number(0, 0));
    if (!rows.isNull(0, 1)) {
      sink.raw(",\"cursor\":").string(rows.text(0, 1));
    }
  }

  /** Writes rows in the order of their keys, as an array. */
  void write(String after, int limit, JsonSink sink) {
    SqlRows rows =
        sql.query(
            "SELECT key, state, content_type, who, etag, size, announced, expires, uploaded FROM "
                + FILES
                + " WHERE key > ? ORDER BY key LIMIT ?",
            after,
            limit);
    List<String> names =
        List.of(
            "key",
            "state",
            "contentType",
            "who",
            "etag",
            "size",
            "announced",
            "expires",
            "uploaded");
    sink.raw("[");
    for (int row = 0; row < rows.size(); row++) {
      sink.raw(row == 0 ? "{" : ",{");
      String before = "";
      for (int column = 0; column < names.size(); column++) {
        if (!rows.isNull(row, column)) {
          sink.raw(before).string(names.get(column)).raw(":");
          before = ",";
          if (column < 5) {
            sink.string(rows.text(row, column));
          } else {
            sink.number(rows.number(row, column));
          }
        }
      }
      sink.raw("}");
    }
    sink.raw("]");
  }
}
