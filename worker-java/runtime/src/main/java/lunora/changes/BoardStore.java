package lunora.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import org.jspecify.annotations.Nullable;

/**
 * What a board remembers: how many changes there were and from which bookmark on the last is seen,
 * {@code __lunora_board(only, changes, bookmark)}, and how many of them each watching shard was
 * told of, {@code __lunora_board_shard(shard_key, told, failures, due)}. Never suspends.
 */
final class BoardStore {

  private static final long FIRST_DELAY_MS = 1_000;
  private static final long DELAY_MS_MAX = 60_000;
  private static final int DOUBLINGS_MAX = 6;

  private final SqlStorage sql;

  /** Opens the tables, making them if this is a new board. */
  BoardStore(SqlStorage sql) {
    this.sql = sql;
    sql.execute(
        "CREATE TABLE IF NOT EXISTS \"__lunora_board\" (only INTEGER PRIMARY KEY,"
            + " changes INTEGER NOT NULL, bookmark TEXT);"
            + "CREATE TABLE IF NOT EXISTS \"__lunora_board_shard\" (shard_key TEXT PRIMARY KEY,"
            + " told INTEGER NOT NULL, failures INTEGER NOT NULL, due REAL NOT NULL) WITHOUT ROWID;"
            + "INSERT OR IGNORE INTO \"__lunora_board\" VALUES (1, 0, NULL)");
  }

  /** How far the table has got. */
  record Head(long changes, @Nullable String bookmark) {}

  Head head() {
    SqlRows rows = sql.query("SELECT changes, bookmark FROM \"__lunora_board\"");
    String bookmark = rows.isNull(0, 1) ? null : rows.text(0, 1);
    return new Head((long) rows.number(0, 0), bookmark);
  }

  /** One more change; null for one that nobody knows a bookmark of. */
  void changed(@Nullable String bookmark) {
    sql.execute("UPDATE \"__lunora_board\" SET changes = changes + 1, bookmark = ?", bookmark);
  }

  /** A shard watches, and knows all that was up to now. */
  void watch(String shardKey) {
    sql.execute(
        "INSERT OR REPLACE INTO \"__lunora_board_shard\""
            + " SELECT ?, changes, 0, 0 FROM \"__lunora_board\"",
        shardKey);
  }

  /** Shards that are to be told now, at most so many. */
  List<String> behind(double nowMs, int limit) {
    SqlRows rows =
        sql.query(
            "SELECT shard_key FROM \"__lunora_board_shard\""
                + " WHERE told < (SELECT changes FROM \"__lunora_board\") AND due <= ? LIMIT ?",
            nowMs,
            limit);
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      keys.add(rows.text(row, 0));
    }
    return keys;
  }

  /** A shard was told of so many changes. */
  void told(String shardKey, long changes) {
    sql.execute(
        "UPDATE \"__lunora_board_shard\" SET told = max(told, ?), failures = 0, due = 0"
            + " WHERE shard_key = ?",
        changes,
        shardKey);
  }

  /** Nobody watches there any more, unless somebody began since it was told. */
  void left(String shardKey, long changes) {
    sql.execute(
        "DELETE FROM \"__lunora_board_shard\" WHERE shard_key = ? AND told < ?", shardKey, changes);
  }

  /** A shard could not be told: it is tried again after 1, 2, 4 seconds, at most a minute. */
  void failed(String shardKey, double nowMs) {
    sql.execute(
        "UPDATE \"__lunora_board_shard\" SET failures = failures + 1,"
            + " due = ? + min(?, ? << min(failures, ?)) WHERE shard_key = ?",
        nowMs,
        DELAY_MS_MAX,
        FIRST_DELAY_MS,
        DOUBLINGS_MAX,
        shardKey);
  }

  /** When the next shard is to be told, if one is behind. */
  OptionalLong due() {
    SqlRows rows =
        sql.query(
            "SELECT min(due) FROM \"__lunora_board_shard\""
                + " WHERE told < (SELECT changes FROM \"__lunora_board\")");
    return rows.isNull(0, 0) ? OptionalLong.empty() : OptionalLong.of((long) rows.number(0, 0));
  }
}
