package lunora.stream;

import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The runs of durable streams, kept for {@value #RETENTION_MS} ms after they began or ended:
 *
 * <pre>
 * __lunora_stream_run   (number, caller, path, args, generation, touched, ended, failure)
 * __lunora_stream_chunk (run, seq, units, data)
 * </pre>
 *
 * <p>{@code units} is the length of all chunks up to this one. The tables are made by the first
 * durable stream: most shards never need them.
 */
final class RunStore {

  /** How long a run is kept: 24 hours. */
  static final long RETENTION_MS = 86_400_000;

  /** Runs that one sweep deletes at most. */
  private static final int SWEEP_RUNS_MAX = 100;

  private final ShardHost host;
  private final Ending interrupted;
  private boolean opened;

  /**
   * @param interrupted how a run ended of which no end is stored
   */
  RunStore(ShardHost host, Ending interrupted) {
    this.host = host;
    this.interrupted = interrupted;
  }

  /** The run, over in any case: one that goes on is known without asking. Null for none. */
  @Nullable Run find(RunKey key) {
    open();
    SqlRows rows =
        host.sql()
            .query(
                "SELECT number, generation, ended, failure FROM \"__lunora_stream_run\""
                    + " WHERE caller = ? AND path = ? AND args = ? AND touched > ?",
                key.caller(),
                key.path(),
                key.args(),
                host.clock().nowMs() - RETENTION_MS);
    if (rows.size() == 0) {
      return null;
    }
    long number = (long) rows.number(0, 0);
    SqlRows end =
        host.sql()
            .query(
                "SELECT seq, units FROM \"__lunora_stream_chunk\" WHERE run = ?"
                    + " ORDER BY seq DESC LIMIT 1",
                number);
    long last = end.size() == 0 ? 0 : (long) end.number(0, 0);
    long units = end.size() == 0 ? 0 : (long) end.number(0, 1);
    return new Run(number, key, (long) rows.number(0, 1), last, units, ending(rows));
  }

  private Ending ending(SqlRows run) {
    if (run.number(0, 2) == 0) {
      return interrupted;
    }
    return run.isNull(0, 3) ? Ending.COMPLETE : Ending.error(run.json(0, 3));
  }

  /** Begins a run in the place of an earlier one of the same key. */
  Run begin(RunKey key, @Nullable Run earlier) {
    open();
    long now = host.clock().nowMs();
    host.sql()
        .execute(
            "DELETE FROM \"__lunora_stream_chunk\" WHERE run IN (SELECT number FROM"
                + " \"__lunora_stream_run\" WHERE caller = ? AND path = ? AND args = ?)",
            key.caller(),
            key.path(),
            key.args());
    // A restart within the same millisecond, or after the clock went back, is another run too.
    long generation = earlier == null ? now : Math.max(now, earlier.generation() + 1);
    host.sql()
        .execute(
            "INSERT OR REPLACE INTO \"__lunora_stream_run\""
                + " (caller, path, args, generation, touched, ended) VALUES (?, ?, ?, ?, ?, 0)",
            key.caller(),
            key.path(),
            key.args(),
            generation,
            now);
    SqlRows begun =
        host.sql()
            .query(
                "SELECT number FROM \"__lunora_stream_run\""
                    + " WHERE caller = ? AND path = ? AND args = ?",
                key.caller(),
                key.path(),
                key.args());
    return new Run((long) begun.number(0, 0), key, generation, 0, 0, null);
  }

  /** Stores the next chunk of a run. */
  void append(Run run, JsonText data) {
    long units = run.units() + data.length();
    host.sql()
        .execute(
            "INSERT INTO \"__lunora_stream_chunk\" VALUES (?, ?, ?, ?)",
            run.number(),
            run.last() + 1,
            units,
            data);
    run.stored(data.length());
  }

  void end(Run run, Ending ending) {
    host.sql()
        .execute(
            "UPDATE \"__lunora_stream_run\" SET ended = 1, failure = ?, touched = ?"
                + " WHERE number = ?",
            ending == Ending.COMPLETE ? null : ending.tail(),
            host.clock().nowMs(),
            run.number());
  }

  /** The length of the run's chunks up to that one. */
  double unitsUpTo(Run run, long last) {
    if (last == run.last()) {
      return run.units();
    }
    SqlRows rows =
        host.sql()
            .query(
                "SELECT units FROM \"__lunora_stream_chunk\" WHERE run = ? AND seq = ?",
                run.number(),
                last);
    return rows.size() == 0 ? 0 : rows.number(0, 0);
  }

  /**
   * Chunks after that one, in order: the next in any case, more as long as the length of all is at
   * most {@code unitsMax}. Columns: data, units.
   */
  SqlRows chunks(Run run, long last, double unitsMax, int countMax) {
    return host.sql()
        .query(
            "SELECT data, units FROM \"__lunora_stream_chunk\" WHERE run = ? AND seq > ?"
                + " AND seq <= ? AND (units <= ? OR seq = ?) ORDER BY seq",
            run.number(),
            last,
            last + countMax,
            unitsMax,
            last + 1);
  }

  /** The numbers of runs that are too old, oldest first; one column. */
  SqlRows expired() {
    open();
    return host.sql()
        .query(
            "SELECT number FROM \"__lunora_stream_run\" WHERE touched <= ?"
                + " ORDER BY touched LIMIT ?",
            host.clock().nowMs() - RETENTION_MS,
            SWEEP_RUNS_MAX);
  }

  void delete(long number) {
    host.sql().execute("DELETE FROM \"__lunora_stream_chunk\" WHERE run = ?", number);
    host.sql().execute("DELETE FROM \"__lunora_stream_run\" WHERE number = ?", number);
  }

  private void open() {
    if (opened) {
      return;
    }
    host.sql()
        .execute(
            "CREATE TABLE IF NOT EXISTS \"__lunora_stream_run\" (number INTEGER PRIMARY KEY,"
                + " caller TEXT NOT NULL, path TEXT NOT NULL,"
                + " generation INTEGER NOT NULL, touched INTEGER NOT NULL, ended INTEGER NOT NULL,"
                + " failure TEXT, args TEXT NOT NULL, UNIQUE (caller, path, args));"
                + "CREATE TABLE IF NOT EXISTS \"__lunora_stream_chunk\" (run INTEGER NOT NULL,"
                + " seq INTEGER NOT NULL, units INTEGER NOT NULL, data TEXT NOT NULL,"
                + " PRIMARY KEY (run, seq)) WITHOUT ROWID");
    opened = true;
  }
}
