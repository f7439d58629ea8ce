package lunora.registry;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.wire.JsonSink;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a deployment: {@code __lunora_shard}, one row for each table of each shard. Never
 * suspends.
 */
final class RegistryStore {

  private final SqlStorage sql;

  /** Opens the table, making it if this is a new registry. */
  RegistryStore(SqlStorage sql) {
    this.sql = sql;
    sql.execute(
        "CREATE TABLE IF NOT EXISTS \"__lunora_shard\" (table_name TEXT NOT NULL,"
            + " shard_key TEXT NOT NULL, rows REAL, used REAL NOT NULL, since REAL NOT NULL,"
            + " PRIMARY KEY (table_name, shard_key)) WITHOUT ROWID");
  }

  /**
   * A shard holds rows of a table.
   *
   * @param rows how many; null for whoever does not know
   */
  void register(String table, String shardKey, @Nullable Double rows, double usedMs) {
    sql.execute(
        "INSERT INTO \"__lunora_shard\" (table_name, shard_key, rows, used, since)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (table_name, shard_key) DO UPDATE SET"
            + " rows = coalesce(excluded.rows, rows), used = max(used, excluded.used)",
        table,
        shardKey,
        rows,
        usedMs,
        usedMs);
  }

  /** Forgets a shard, until it writes the next time. */
  void unregister(String table, String shardKey) {
    sql.execute(
        "DELETE FROM \"__lunora_shard\" WHERE table_name = ? AND shard_key = ?", table, shardKey);
  }

  /** The keys of all shards, in order. */
  List<String> shardKeys() {
    SqlRows rows =
        sql.query("SELECT DISTINCT shard_key FROM \"__lunora_shard\" ORDER BY shard_key");
    List<String> keys = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      keys.add(rows.text(row, 0));
    }
    return keys;
  }

  /** Writes the keys of a table's shards, in order, as an array. */
  void writeKeys(String table, JsonSink sink) {
    SqlRows rows =
        sql.query(
            "SELECT shard_key FROM \"__lunora_shard\" WHERE table_name = ? ORDER BY shard_key",
            table);
    sink.raw("[");
    for (int row = 0; row < rows.size(); row++) {
      sink.raw(row == 0 ? "" : ",").string(rows.text(row, 0));
    }
    sink.raw("]");
  }

  /** Writes everything, as an array of objects. */
  void writeAll(JsonSink sink) {
    SqlRows rows =
        sql.query(
            "SELECT table_name, shard_key, rows, used, since FROM \"__lunora_shard\""
                + " ORDER BY table_name, shard_key");
    sink.raw("[");
    for (int row = 0; row < rows.size(); row++) {
      sink.raw(row == 0 ? "{\"table\":" : ",{\"table\":").string(rows.text(row, 0));
      sink.raw(",\"shardKey\":").string(rows.text(row, 1)).raw(",\"rows\":");
      if (rows.isNull(row, 2)) {
        sink.raw("null");
      } else {
        sink.number(rows.number(row, 2));
      }
      sink.raw(",\"usedAt\":").number(rows.number(row, 3));
      sink.raw(",\"since\":").number(rows.number(row, 4)).raw("}");
    }
    sink.raw("]");
  }
}
