package lunora.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.wire.JsonSink;
import org.jspecify.annotations.Nullable;

/**
 * Which migrations of rows were ordered, and how far each shard is: {@code __lunora_migration_run}
 * and {@code __lunora_migration_shard}, made by the first order. Never suspends.
 */
final class MigrationLedger {

  /** The shard was not told yet. */
  static final String ORDERED = "ordered";

  private static final String RUNS = "\"__lunora_migration_run\"";
  private static final String SHARDS = "\"__lunora_migration_shard\"";

  private final SqlStorage sql;

  MigrationLedger(SqlStorage sql) {
    this.sql = sql;
  }

  /** A migration is to run in this direction. */
  void order(String id, String direction, double nowMs) {
    sql.execute(
        "CREATE TABLE IF NOT EXISTS "
            + RUNS
            + " (id TEXT PRIMARY KEY, direction TEXT NOT NULL, at REAL NOT NULL) WITHOUT ROWID;"
            + "CREATE TABLE IF NOT EXISTS "
            + SHARDS
            + " (id TEXT NOT NULL, shard_key TEXT NOT NULL, direction TEXT NOT NULL,"
            + " status TEXT NOT NULL, processed REAL NOT NULL, changed REAL NOT NULL, error TEXT,"
            + " PRIMARY KEY (id, shard_key)) WITHOUT ROWID");
    sql.execute("INSERT OR REPLACE INTO " + RUNS + " VALUES (?, ?, ?)", id, direction, nowMs);
  }

  /** The orders so far: directions by the ids. */
  Map<String, String> orders() {
    Map<String, String> orders = new LinkedHashMap<>();
    if (exists()) {
      SqlRows rows = sql.query("SELECT id, direction FROM " + RUNS + " ORDER BY at, id");
      for (int row = 0; row < rows.size(); row++) {
        orders.put(rows.text(row, 0), rows.text(row, 1));
      }
    }
    return orders;
  }

  /** Whether a shard has been ordered to, in this direction or the other. */
  boolean knows(String id, String shardKey) {
    return sql.query("SELECT 1 FROM " + SHARDS + " WHERE id = ? AND shard_key = ?", id, shardKey)
            .size()
        > 0;
  }

  /** Whether this direction is the last that a shard was ordered. */
  boolean holds(String id, String shardKey, String direction) {
    return sql.query(
                "SELECT 1 FROM " + SHARDS + " WHERE id = ? AND shard_key = ? AND direction = ?",
                id,
                shardKey,
                direction)
            .size()
        > 0;
  }

  /** A shard is to be told. */
  void ordered(String id, String shardKey, String direction) {
    sql.execute(
        "INSERT OR REPLACE INTO " + SHARDS + " VALUES (?, ?, ?, ?, 0, 0, NULL)",
        id,
        shardKey,
        direction,
        ORDERED);
  }

  /**
   * How far a shard is, as it says.
   *
   * @param first whether it says so because it was told: what it reported since counts more
   */
  void reached(Reached reached, boolean first) {
    if (!exists()) {
      return;
    }
    sql.execute(
        "UPDATE "
            + SHARDS
            + " SET status = ?, processed = ?, changed = ?, error = ?"
            + " WHERE id = ? AND shard_key = ? AND direction = ?"
            + (first ? " AND status = '" + ORDERED + "'" : ""),
        reached.status(),
        reached.processed(),
        reached.changed(),
        reached.error(),
        reached.id(),
        reached.shardKey(),
        reached.direction());
  }

  /**
   * How far one shard is with one migration.
   *
   * @param status in the words of the shard
   */
  record Reached(
      String id,
      String shardKey,
      String direction,
      String status,
      double processed,
      double changed,
      @Nullable String error) {}

  /** Writes all that is known, as an array with an object for each shard of each migration. */
  void writeAll(JsonSink sink) {
    sink.raw("[");
    if (exists()) {
      SqlRows rows =
          sql.query(
              "SELECT id, shard_key, direction, status, processed, changed, error FROM "
                  + SHARDS
                  + " ORDER BY id, shard_key");
      for (int row = 0; row < rows.size(); row++) {
        sink.raw(row == 0 ? "{\"id\":" : ",{\"id\":").string(rows.text(row, 0));
        sink.raw(",\"shardKey\":").string(rows.text(row, 1));
        sink.raw(",\"direction\":").string(rows.text(row, 2));
        sink.raw(",\"status\":").string(rows.text(row, 3));
        sink.raw(",\"processed\":").number(rows.number(row, 4));
        sink.raw(",\"changed\":").number(rows.number(row, 5));
        if (!rows.isNull(row, 6)) {
          sink.raw(",\"error\":").string(rows.text(row, 6));
        }
        sink.raw("}");
      }
    }
    sink.raw("]");
  }

  private boolean exists() {
    return sql.query("SELECT 1 FROM sqlite_master WHERE name = '__lunora_migration_shard'").size()
        > 0;
  }
}
