package lunora.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lunora.api.Job;
import lunora.api.JobOptions;
import lunora.api.RetryPolicy;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a scheduler: {@code __lunora_job}, one row each while it has not ended well, and
 * {@code __lunora_job_ended(id, ended)}, the ids that are not to be taken again, for a day; {@code
 * __lunora_job_run(id, run)} says which run of a Worker has the first try of a tick. Never
 * suspends.
 */
final class JobStore {

  /** How long an id that has ended is remembered. */
  static final long ENDED_MS = 86_400_000;

  private static final int SWEEP_ROWS_MAX = 2000;

  private static final String COLUMNS =
      "SELECT id, function_path, args, scheduled, shard_key, pool, pool_size, retry,"
          + " state, due, attempts, enqueued, error FROM \"__lunora_job\"";

  private static final String PENDING = "pending";
  private static final String RUNNING = "running";
  private static final String DEAD = "dead";

  private final SqlStorage sql;

  /** Opens the tables, making them if this is a new scheduler. */
  JobStore(SqlStorage sql) {
    this.sql = sql;
    sql.execute(
        "CREATE TABLE IF NOT EXISTS \"__lunora_job\" (id TEXT PRIMARY KEY, state TEXT NOT NULL,"
            + " due REAL NOT NULL, attempts INTEGER NOT NULL, enqueued REAL NOT NULL,"
            + " function_path TEXT NOT NULL, args TEXT NOT NULL, scheduled REAL NOT NULL,"
            + " shard_key TEXT, pool TEXT, pool_size INTEGER, retry TEXT, error TEXT);"
            + "CREATE INDEX IF NOT EXISTS \"__lunora_job.due\""
            + " ON \"__lunora_job\" (state, due, id);"
            + "CREATE INDEX IF NOT EXISTS \"__lunora_job.pool\""
            + " ON \"__lunora_job\" (pool, state) WHERE pool IS NOT NULL;"
            + "CREATE TABLE IF NOT EXISTS \"__lunora_job_ended\""
            + " (id TEXT PRIMARY KEY, ended REAL NOT NULL) WITHOUT ROWID;"
            + "CREATE INDEX IF NOT EXISTS \"__lunora_job_ended.ended\""
            + " ON \"__lunora_job_ended\" (ended);"
            + "CREATE TABLE IF NOT EXISTS \"__lunora_job_run\""
            + " (id TEXT PRIMARY KEY, run TEXT NOT NULL) WITHOUT ROWID");
  }

  void add(String id, JobRequest request, long nowMs) {
    JobOptions options = request.options();
    sql.execute(
        "INSERT INTO \"__lunora_job\" (id, state, due, attempts, enqueued, function_path, args,"
            + " scheduled, shard_key, pool, pool_size, retry)"
            + " VALUES (?, 'pending', ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        request.scheduledMs(),
        nowMs,
        request.functionPath(),
        request.args(),
        request.scheduledMs(),
        options.shardKey(),
        options.pool(),
        options.poolSize(),
        text(options.retry()));
  }

  private static @Nullable String text(@Nullable RetryPolicy policy) {
    if (policy == null) {
      return null;
    }
    JsonWriter json = new JsonWriter();
    JobRequest.write(policy, json);
    return json.finish().toString();
  }

  Optional<StoredJob> find(String id) {
    List<StoredJob> found = read(sql.query(COLUMNS + " WHERE id = ?", id));
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
  }

  /** Whether a job of the id ended, well or by being cancelled, less than a day ago. */
  boolean hasEnded(String id) {
    return sql.query("SELECT 1 FROM \"__lunora_job_ended\" WHERE id = ?", id).size() > 0;
  }

  /** Jobs that are pending and due, those due first first. */
  List<StoredJob> due(long nowMs, int limit) {
    return read(
        sql.query(
            COLUMNS + " WHERE state = ? AND due <= ? ORDER BY due, id LIMIT ?",
            PENDING,
            nowMs,
            limit));
  }

  /** When the next job is due that is not running; empty when there is none. */
  OptionalLong nextDueMs() {
    SqlRows rows = sql.query("SELECT min(due) FROM \"__lunora_job\" WHERE state = ?", PENDING);
    return rows.isNull(0, 0) ? OptionalLong.empty() : OptionalLong.of((long) rows.number(0, 0));
  }

  List<StoredJob> running() {
    return read(sql.query(COLUMNS + " WHERE state = ?", RUNNING));
  }

  List<StoredJob> dead(int limit) {
    return read(sql.query(COLUMNS + " WHERE state = ? ORDER BY due, id LIMIT ?", DEAD, limit));
  }

  /** Jobs that wait or run, in the order of their ids and dues, after that of a cursor. */
  List<StoredJob> page(long afterDueMs, String afterId, int limit) {
    return read(
        sql.query(
            COLUMNS + " WHERE state <> ? AND (due, id) > (?, ?) ORDER BY due, id LIMIT ?",
            DEAD,
            afterDueMs,
            afterId,
            limit));
  }

  /** A try begins. */
  void begin(String id) {
    sql.execute(
        "UPDATE \"__lunora_job\" SET state = 'running', attempts = attempts + 1 WHERE id = ?", id);
  }

  /** Its first try is somebody else's; it waits until that is over. */
  void begunElsewhere(String id, long untilMs, @Nullable String run) {
    sql.execute("UPDATE \"__lunora_job\" SET attempts = 1, due = ? WHERE id = ?", untilMs, id);
    if (run != null) {
      sql.execute("INSERT OR REPLACE INTO \"__lunora_job_run\" VALUES (?, ?)", id, run);
    }
  }

  /** Whether it was that run whose try is the first. */
  boolean isBegunBy(String id, String run) {
    return sql.query("SELECT 1 FROM \"__lunora_job_run\" WHERE id = ? AND run = ?", id, run).size()
        > 0;
  }

  /** Forgets the runs of jobs that are over. */
  void forgetRuns() {
    sql.execute(
        "DELETE FROM \"__lunora_job_run\" WHERE id NOT IN (SELECT id FROM \"__lunora_job\")");
  }

  /** It waits, without counting as a try. */
  void postpone(String id, long dueMs) {
    sql.execute("UPDATE \"__lunora_job\" SET due = ? WHERE id = ?", dueMs, id);
  }

  /** A try failed, and another one is due. */
  void retry(String id, long dueMs, String error) {
    sql.execute(
        "UPDATE \"__lunora_job\" SET state = 'pending', due = ?, error = ? WHERE id = ?",
        dueMs,
        error,
        id);
  }

  /** The last try failed. */
  void bury(String id, String error) {
    sql.execute("UPDATE \"__lunora_job\" SET state = 'dead', error = ? WHERE id = ?", error, id);
  }

  /** A dead letter gets all its tries again. */
  void revive(String id, long dueMs) {
    sql.execute(
        "UPDATE \"__lunora_job\" SET state = 'pending', due = ?, attempts = 0 WHERE id = ?",
        dueMs,
        id);
  }

  /** The job is over: nobody keeps it, and its id is not taken again. */
  void end(String id, long nowMs) {
    sql.execute("DELETE FROM \"__lunora_job\" WHERE id = ?", id);
    sql.execute("INSERT OR REPLACE INTO \"__lunora_job_ended\" VALUES (?, ?)", id, nowMs);
  }

  /** Forgets ids that ended more than a day ago. */
  void sweep(long nowMs) {
    sql.execute(
        "DELETE FROM \"__lunora_job_ended\" WHERE id IN"
            + " (SELECT id FROM \"__lunora_job_ended\" WHERE ended <= ? ORDER BY ended LIMIT ?)",
        nowMs - ENDED_MS,
        SWEEP_ROWS_MAX);
  }

  int countRunning(String pool) {
    return count(
        sql.query(
            "SELECT count(*) FROM \"__lunora_job\" WHERE pool = ? AND state = ?", pool, RUNNING));
  }

  int countPending() {
    return count(sql.query("SELECT count(*) FROM \"__lunora_job\" WHERE state = ?", PENDING));
  }

  int countRunning() {
    return count(sql.query("SELECT count(*) FROM \"__lunora_job\" WHERE state = ?", RUNNING));
  }

  /** Of each pool its name, running jobs, size and waiting jobs. */
  SqlRows pools() {
    return sql.query(
        "SELECT pool, sum(state = 'running'), max(pool_size), sum(state = 'pending')"
            + " FROM \"__lunora_job\" WHERE pool IS NOT NULL GROUP BY pool ORDER BY pool");
  }

  private static int count(SqlRows rows) {
    return (int) rows.number(0, 0);
  }

  private static List<StoredJob> read(SqlRows rows) {
    List<StoredJob> jobs = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      jobs.add(job(rows, row));
    }
    return jobs;
  }

  private static StoredJob job(SqlRows rows, int row) {
    String id = rows.text(row, 0);
    String retry = textOrNull(rows, row, 7);
    JobOptions options =
        new JobOptions(
            textOrNull(rows, row, 4),
            textOrNull(rows, row, 5),
            (int) rows.number(row, 6),
            retry == null ? null : JobRequest.retry(Json.read(retry)));
    JobRequest request =
        new JobRequest(
            id, rows.text(row, 1), rows.json(row, 2), (long) rows.number(row, 3), options);
    return new StoredJob(
        id,
        request,
        state(rows.text(row, 8)),
        (long) rows.number(row, 9),
        (int) rows.number(row, 10),
        (long) rows.number(row, 11),
        textOrNull(rows, row, 12));
  }

  private static Job.State state(String text) {
    return switch (text) {
      case RUNNING -> Job.State.RUNNING;
      case DEAD -> Job.State.DEAD;
      default -> Job.State.PENDING;
    };
  }

  private static @Nullable String textOrNull(SqlRows rows, int row, int column) {
    return rows.isNull(row, column) ? null : rows.text(row, column);
  }
}
