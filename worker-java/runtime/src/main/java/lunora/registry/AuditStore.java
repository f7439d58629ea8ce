package lunora.registry;

import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.wire.JsonSink;
import org.jspecify.annotations.Nullable;

/**
 * What operators did: {@code __lunora_admin_audit}, to which rows are only ever added. A trigger
 * refuses everything else, whoever asks, but to forget rows that {@link #KEPT_ROWS} others came
 * after. Made by the first row. Never suspends.
 */
final class AuditStore {

  /** How many rows one answer lists at most. */
  static final int PAGE_ROWS = 500;

  /** How many rows are kept at least; a call has two. */
  static final int KEPT_ROWS = 200_000;

  /** After how many rows the oldest are forgotten, so many at a time. */
  static final int TRIM_ROWS = 1_000;

  private static final String TABLE = "\"__lunora_admin_audit\"";

  private final SqlStorage sql;
  private boolean made;

  AuditStore(SqlStorage sql) {
    this.sql = sql;
  }

  private void make() {
    if (made) {
      return;
    }
    sql.execute(
        "CREATE TABLE IF NOT EXISTS "
            + TABLE
            + " (seq INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, actor TEXT, address TEXT,"
            + " operation TEXT, shard_key TEXT, target TEXT, begun INTEGER, status INTEGER)");
    sql.execute(
        "CREATE INDEX IF NOT EXISTS \"__lunora_admin_audit.begun\" ON " + TABLE + " (begun)");
    refuse("UPDATE", "UPDATE", "");
    // By the name of DELETE an earlier version refused to forget anything.
    sql.execute("DROP TRIGGER IF EXISTS \"__lunora_admin_audit.DELETE\"");
    refuse("KEEP", "DELETE", " WHEN OLD.seq > (SELECT max(seq) FROM " + TABLE + ") - " + KEPT_ROWS);
    made = true;
  }

  private void refuse(String name, String verb, String when) {
    sql.execute(
        "CREATE TRIGGER IF NOT EXISTS \"__lunora_admin_audit."
            + name
            + "\" BEFORE "
            + verb
            + " ON "
            + TABLE
            + when
            + " BEGIN SELECT RAISE(ABORT, 'the record of operators is only added to'); END");
  }

  /** A row, as it is sent here; null is what it does not say. */
  record Row(
      double atMs,
      @Nullable String actor,
      @Nullable String address,
      @Nullable String operation,
      @Nullable String shardKey,
      @Nullable String target,
      @Nullable Double begun,
      @Nullable Double status) {}

  /** Adds a row and gives its number. */
  long add(Row row) {
    make();
    sql.execute(
        "INSERT INTO "
            + TABLE
            + " (at, actor, address, operation, shard_key, target, begun, status)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row.atMs,
        row.actor,
        row.address,
        row.operation,
        row.shardKey,
        row.target,
        row.begun,
        row.status);
    long seq = (long) sql.query("SELECT max(seq) FROM " + TABLE).number(0, 0);
    if (seq % TRIM_ROWS == 0) {
      sql.execute("DELETE FROM " + TABLE + " WHERE seq <= ?", seq - KEPT_ROWS);
    }
    return seq;
  }

  /** Writes the calls before a number, the latest first, each with what came of it. */
  void write(double before, int limit, JsonSink sink) {
    make();
    SqlRows rows =
        sql.query(
            "SELECT c.seq, c.at, c.actor, c.address, c.operation, c.shard_key, c.target,"
                + " (SELECT e.status FROM "
                + TABLE
                + " e WHERE e.begun = c.seq AND e.seq > c.seq LIMIT 1) FROM "
                + TABLE
                + " c WHERE c.begun IS NULL AND c.seq < ? ORDER BY c.seq DESC LIMIT ?",
            before,
            Math.min(limit, PAGE_ROWS));
    sink.raw("[");
    for (int row = 0; row < rows.size(); row++) {
      sink.raw(row == 0 ? "{\"seq\":" : ",{\"seq\":").number(rows.number(row, 0));
      sink.raw(",\"at\":").number(rows.number(row, 1));
      text(",\"actor\":", rows, row, 2, sink);
      text(",\"address\":", rows, row, 3, sink);
      text(",\"operation\":", rows, row, 4, sink);
      text(",\"shardKey\":", rows, row, 5, sink);
      text(",\"target\":", rows, row, 6, sink);
      if (!rows.isNull(row, 7)) {
        sink.raw(",\"status\":").number(rows.number(row, 7));
      }
      sink.raw("}");
    }
    sink.raw("]");
  }

  private static void text(String key, SqlRows rows, int row, int column, JsonSink sink) {
    if (!rows.isNull(row, column)) {
      sink.raw(key).string(rows.text(row, column));
    }
  }
}
