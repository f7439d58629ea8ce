package lunora.migration;

import java.util.List;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.store.Meta;
import lunora.store.SchemaMigration;

/**
 * How far a shard is with its migrations: {@code __lunora_migration}, one row for each that was
 * asked for, made by the first.
 */
final class ProgressStore {

  private static final String NAME = "\"__lunora_migration\"";

  private final SqlStorage sql;
  private final Meta meta;

  ProgressStore(SqlStorage sql, Meta meta) {
    this.sql = sql;
    this.meta = meta;
  }

  Progress find(String id) {
    if (!exists()) {
      return atBirth(id);
    }
    SqlRows rows =
        sql.query(
            "SELECT direction, status, batch, cursor, until, processed, changed, error FROM "
                + NAME
                + " WHERE id = ?",
            id);
    if (rows.size() == 0) {
      return atBirth(id);
    }
    return new Progress(
        id,
        Direction.of(rows.text(0, 0)),
        Progress.Status.of(rows.text(0, 1)),
        (long) rows.number(0, 2),
        rows.number(0, 3),
        rows.number(0, 4),
        (long) rows.number(0, 5),
        (long) rows.number(0, 6),
        rows.isNull(0, 7) ? null : rows.text(0, 7));
  }

  private Progress atBirth(String id) {
    String born = meta.find(SchemaMigration.BORN_WITH_KEY).orElse("");
    return List.of(born.split(" ")).contains(id) ? Progress.needless(id) : Progress.none(id);
  }

  void put(Progress progress) {
    if (!exists()) {
      sql.execute(
          "CREATE TABLE IF NOT EXISTS "
              + NAME
              + " (id TEXT PRIMARY KEY, direction TEXT NOT NULL, status TEXT NOT NULL,"
              + " batch REAL NOT NULL, cursor REAL NOT NULL, until REAL NOT NULL,"
              + " processed REAL NOT NULL, changed REAL NOT NULL, error TEXT) WITHOUT ROWID");
    }
    sql.execute(
        "INSERT OR REPLACE INTO " + NAME + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        progress.id(),
        progress.direction().wire(),
        progress.status().wire(),
        progress.batch(),
        progress.cursor(),
        progress.until(),
        progress.processed(),
        progress.changed(),
        progress.error());
  }

  private boolean exists() {
    return sql.query("SELECT 1 FROM sqlite_master WHERE name = '__lunora_migration'").size() > 0;
  }
}
