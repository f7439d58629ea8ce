package lunora.oplog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.Clock;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.store.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * Readings of whole tables as they stood at one position of the log, page by page while writes go
 * on: the first write of a row that a reading has yet to come to keeps the row as it was, in the
 * write's own transaction. Where nothing is being read a write costs one comparison.
 *
 * <p>{@code __lunora_snapshot(id, touched)}, {@code __lunora_snapshot_table(id, tbl, seq_max)} and
 * {@code __lunora_snapshot_row(id, tbl, row_seq, doc)} carry readings over a sleep and a crash.
 * Never suspends.
 */
public final class Snapshots {

  /** A reading that asked for no page for so long is over. */
  static final long IDLE_MS = 600_000;

  /** How often a reading's sign of life is written down. */
  private static final long TOUCH_EVERY_MS = 60_000;

  private final SqlStorage sql;
  private final Clock clock;
  private final Map<String, Reading> readings = new HashMap<>();
  private boolean loaded;

  Snapshots(SqlStorage sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /** One reading: of each table the last row there was, and the last that was taken. */
  private static final class Reading {
    final Map<String, Double> lastRows = new HashMap<>();
    final Map<String, Double> taken = new HashMap<>();
    double touchedMs;
    double writtenMs;

    Reading(double touchedMs) {
      this.touchedMs = touchedMs;
      this.writtenMs = touchedMs;
    }

    /** Whether a row is still to be read. */
    boolean awaits(String table, double seq) {
      Double last = lastRows.get(table);
      return last != null && seq <= last && seq > taken.getOrDefault(table, -1.0);
    }
  }

  /** Begins a reading of these tables as they are now. */
  public void begin(String id, List<String> tables) {
    open();
    sql.transaction(
        () -> {
          forget(id);
          Reading reading = new Reading(clock.nowMs());
          sql.execute("INSERT INTO \"__lunora_snapshot\" VALUES (?, ?)", id, reading.touchedMs);
          for (String table : tables) {
            SqlRows last = sql.query("SELECT ifnull(max(\"_seq\"), 0) FROM \"" + table + "\"");
            reading.lastRows.put(table, last.number(0, 0));
            sql.execute(
                "INSERT INTO \"__lunora_snapshot_table\" VALUES (?, ?, ?)",
                id,
                table,
                last.number(0, 0));
          }
          readings.put(id, reading);
          return null;
        });
  }

  /**
   * The rows of a table after one of them, as they stood when the reading began: their place and
   * their text, in order. What was read up to there is no longer kept.
   *
   * @param after the place of the last row that the reader has; 0 for none
   * @throws LunoraException {@code EXPIRED} when the reading is over
   */
  public SqlRows rows(String id, String table, double after, int limit) {
    Reading reading = find(id);
    Double last = reading.lastRows.get(table);
    if (last == null) {
      throw new LunoraException(ErrorCode.UNKNOWN_TABLE, "the snapshot has no table " + table);
    }
    reading.taken.put(table, after);
    String current =
        "SELECT \"_seq\", \"_doc\" FROM \"" + table + "\" WHERE \"_seq\" > ? AND \"_seq\" <= ?";
    if (!keepsAny(id, table)) {
      return sql.query(current + " ORDER BY \"_seq\" LIMIT ?", after, last, limit);
    }
    return sql.query(
        current
            + " AND \"_seq\" NOT IN (SELECT row_seq FROM \"__lunora_snapshot_row\""
            + " WHERE id = ? AND tbl = ?) UNION ALL SELECT row_seq, doc FROM"
            + " \"__lunora_snapshot_row\" WHERE id = ? AND tbl = ? AND row_seq > ?"
            + " ORDER BY 1 LIMIT ?",
        after,
        last,
        id,
        table,
        id,
        table,
        after,
        limit);
  }

  private boolean keepsAny(String id, String table) {
    SqlRows any =
        sql.query(
            "SELECT 1 FROM \"__lunora_snapshot_row\" WHERE id = ? AND tbl = ? LIMIT 1", id, table);
    return any.size() > 0;
  }

  /** Ends a reading, if it has not ended by itself. */
  public void end(String id) {
    load();
    if (readings.remove(id) != null) {
      sql.transaction(
          () -> {
            forget(id);
            return null;
          });
    }
  }

  /** A row is written. Called in the write's transaction. */
  void written(RowWrite<?> write) {
    if (!loaded) {
      load();
    }
    RowImage<?> before = write.before();
    if (readings.isEmpty() || before == null) {
      return;
    }
    String table = write.table().name();
    for (String id : dropIdle()) {
      forget(id);
    }
    for (Map.Entry<String, Reading> each : readings.entrySet()) {
      if (each.getValue().awaits(table, before.seq())) {
        sql.execute(
            "INSERT OR IGNORE INTO \"__lunora_snapshot_row\" VALUES (?, ?, ?, ?)",
            each.getKey(),
            table,
            before.seq(),
            before.doc().json());
      }
    }
  }

  private List<String> dropIdle() {
    List<String> dropped = new ArrayList<>();
    double since = clock.nowMs() - IDLE_MS;
    for (Iterator<Map.Entry<String, Reading>> i = readings.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Reading> each = i.next();
      if (each.getValue().touchedMs < since) {
        dropped.add(each.getKey());
        i.remove();
      }
    }
    return dropped;
  }

  private Reading find(String id) {
    load();
    Reading reading = readings.get(id);
    double nowMs = clock.nowMs();
    if (reading == null || nowMs - reading.touchedMs > IDLE_MS) {
      throw new LunoraException(ErrorCode.EXPIRED, "the snapshot is over: begin another one");
    }
    reading.touchedMs = nowMs;
    if (nowMs - reading.writtenMs > TOUCH_EVERY_MS) {
      reading.writtenMs = nowMs;
      sql.execute("UPDATE \"__lunora_snapshot\" SET touched = ? WHERE id = ?", nowMs, id);
    }
    return reading;
  }

  /** Every row is replaced: what was being read is no longer there. Call it in a transaction. */
  void replaced() {
    load();
    for (String id : List.copyOf(readings.keySet())) {
      forget(id);
    }
    readings.clear();
  }

  private void forget(String id) {
    sql.execute("DELETE FROM \"__lunora_snapshot\" WHERE id = ?", id);
    sql.execute("DELETE FROM \"__lunora_snapshot_table\" WHERE id = ?", id);
    sql.execute("DELETE FROM \"__lunora_snapshot_row\" WHERE id = ?", id);
  }

  private void open() {
    load();
    sql.execute(
        "CREATE TABLE IF NOT EXISTS \"__lunora_snapshot\" (id TEXT PRIMARY KEY,"
            + " touched REAL NOT NULL);"
            + "CREATE TABLE IF NOT EXISTS \"__lunora_snapshot_table\" (id TEXT NOT NULL,"
            + " tbl TEXT NOT NULL, seq_max REAL NOT NULL, PRIMARY KEY (id, tbl));"
            + "CREATE TABLE IF NOT EXISTS \"__lunora_snapshot_row\" (id TEXT NOT NULL,"
            + " tbl TEXT NOT NULL, row_seq INTEGER NOT NULL, doc TEXT NOT NULL,"
            + " PRIMARY KEY (id, tbl, row_seq))");
  }

  /** Once a wake: the readings that were going on. */
  private void load() {
    if (loaded) {
      return;
    }
    loaded = true;
    if (sql.query("SELECT 1 FROM sqlite_master WHERE name = '__lunora_snapshot_row'").size() == 0) {
      return;
    }
    SqlRows found = sql.query("SELECT id, touched FROM \"__lunora_snapshot\"");
    for (int i = 0; i < found.size(); i++) {
      readings.put(found.text(i, 0), new Reading(found.number(i, 1)));
    }
    SqlRows tables = sql.query("SELECT id, tbl, seq_max FROM \"__lunora_snapshot_table\"");
    for (int i = 0; i < tables.size(); i++) {
      @Nullable Reading reading = readings.get(tables.text(i, 0));
      if (reading != null) {
        reading.lastRows.put(tables.text(i, 1), tables.number(i, 2));
      }
    }
  }
}
