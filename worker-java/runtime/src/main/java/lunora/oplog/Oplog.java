package lunora.oplog;

import java.util.Collection;
import java.util.Collections;
import lunora.host.local.Clock;
import lunora.host.local.RandomSource;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.store.Meta;
import lunora.store.RowImage;

/**
 * The shard's log, {@code __lunora_oplog(seq, ts, tbl, id, op, doc)}: one row for each row write,
 * with the document as it stands after (null for a delete). Its highest {@code seq} is the cursor;
 * the epoch names the timeline the cursors belong to.
 */
public final class Oplog {

  /**
   * A table of the rows of one table that were written after a cursor, one line each; parameters:
   * the table's name, the cursor. Its columns are named so that no field can be.
   */
  public static final String CHANGED_SINCE =
      "(SELECT id AS _changed, count(*) AS _writes, sum(op = 'insert') AS _inserts,"
          + " max(seq) AS _last FROM \"__lunora_oplog\" WHERE tbl = ? AND seq > ? GROUP BY id)";

  public static final String CHANGED_ID = "_changed";
  public static final String CHANGED_WRITES = "_writes";
  public static final String CHANGED_INSERTS = "_inserts";
  public static final String CHANGED_LAST = "_last";

  private static final String EPOCH_KEY = "epoch";

  private final SqlStorage sql;
  private final Meta meta;
  private final Clock clock;
  private final RandomSource random;

  /** A double: adding to a long is slow once compiled to JavaScript. */
  private double head;

  private String epoch;
  private boolean epochRenewed;
  private final Snapshots snapshots;

  private Oplog(SqlStorage sql, Meta meta, Clock clock, RandomSource random, String epoch) {
    this.sql = sql;
    this.meta = meta;
    this.clock = clock;
    this.random = random;
    this.epoch = epoch;
    this.snapshots = new Snapshots(sql, clock);
    this.head = number("SELECT ifnull(max(seq), 0) FROM \"__lunora_oplog\"");
  }

  /** Opens the log, making it if this is a new shard. */
  public static Oplog open(SqlStorage sql, Meta meta, Clock clock, RandomSource random) {
    String epoch = meta.find(EPOCH_KEY).orElse(null);
    if (epoch == null) {
      sql.execute(
          "CREATE TABLE \"__lunora_oplog\" (seq INTEGER PRIMARY KEY, ts REAL NOT NULL,"
              + " tbl TEXT NOT NULL, id TEXT NOT NULL, op TEXT NOT NULL, doc TEXT)");
      sql.execute("CREATE INDEX \"__lunora_oplog.tbl\" ON \"__lunora_oplog\" (tbl, seq)");
      epoch = random.uuid();
      meta.put(EPOCH_KEY, epoch);
    }
    return new Oplog(sql, meta, clock, random, epoch);
  }

  /** The cursor: the number of the last write, 0 before the first. */
  public long head() {
    return (long) head;
  }

  /** Names the timeline; cursors of another epoch mean nothing here. */
  public String epoch() {
    return epoch;
  }

  /** Readings of the tables as they stood at a position of this log. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** Appends one write. Call it in the write's transaction. */
  public <D> void append(RowWrite<D> write) {
    RowImage<D> after = write.after();
    Doc<D> doc = after == null ? beforeOf(write).doc() : after.doc();
    snapshots.written(write);
    head++;
    sql.execute(
        "INSERT INTO \"__lunora_oplog\" VALUES (?, ?, ?, ?, ?, ?)",
        head,
        clock.nowAsDouble(),
        write.table().name(),
        doc.id().value(),
        write.op(),
        after == null ? null : doc.json());
  }

  private static <D> RowImage<D> beforeOf(RowWrite<D> write) {
    RowImage<D> before = write.before();
    if (before == null) {
      throw new IllegalArgumentException("a write has an image before or after it");
    }
    return before;
  }

  /** Takes the count back to where it was before a transaction that was rolled back. */
  public void rolledBackTo(long headBefore) {
    head = headBefore;
  }

  /** The number of the oldest write still in the log, or {@code head + 1} when it is empty. */
  public long floor() {
    return number("SELECT ifnull(min(seq), ?) FROM \"__lunora_oplog\"", head() + 1);
  }

  /**
   * The number of the first write to keep, as far as the oldest {@code window} writes tell. Never
   * beyond the head: a log that forgot its last number would count from the start again.
   */
  long keepFrom(double sinceMs, long rowsMax, int window) {
    long floor = floor();
    long end = floor + window;
    long byAge =
        number(
            "SELECT ifnull(min(seq), ?) FROM \"__lunora_oplog\" WHERE seq < ? AND ts >= ?",
            end,
            end,
            sinceMs);
    long byRows = Math.min(head() - rowsMax + 1, end);
    return Math.max(floor, Math.min(head(), Math.max(byAge, byRows)));
  }

  /** Deletes every write before this number. */
  void trimTo(long seq) {
    sql.execute("DELETE FROM \"__lunora_oplog\" WHERE seq < ?", seq);
  }

  /** Whether any of the tables was written after the cursor. */
  public boolean changedSince(long cursor, Collection<String> tables) {
    return changedBetween(cursor, head(), tables);
  }

  /** Whether any of the tables was written after the cursor and not later than the other. */
  public boolean changedBetween(long after, long until, Collection<String> tables) {
    String places = String.join(", ", Collections.nCopies(tables.size(), "?"));
    Object[] params = new Object[tables.size() + 2];
    params[0] = after;
    params[1] = until;
    int next = 2;
    for (String table : tables) {
      params[next++] = table;
    }
    return sql.query(
                "SELECT 1 FROM \"__lunora_oplog\" WHERE seq > ? AND seq <= ? AND tbl IN ("
                    + places
                    + ") LIMIT 1",
                params)
            .size()
        > 0;
  }

  /**
   * Starts a new timeline: a client has seen a cursor this log never reached, so the storage was
   * taken back in time. At most once for each wake, lest a client that lies could do it at will.
   */
  public void renewEpoch() {
    if (!epochRenewed) {
      epochRenewed = true;
      epoch = random.uuid();
      meta.put(EPOCH_KEY, epoch);
    }
  }

  /**
   * Starts a new timeline because rows were replaced past the log: whoever has a cursor gets
   * everything anew. Call it in the transaction; when that is undone, so is the database's part,
   * and the next wake goes on with it.
   */
  public void replaced() {
    snapshots.replaced();
    epoch = random.uuid();
    meta.put(EPOCH_KEY, epoch);
  }

  private long number(String query, Object... params) {
    SqlRows rows = sql.query(query, params);
    return (long) rows.number(0, 0);
  }
}
