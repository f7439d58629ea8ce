package lunora.oplog;

import lunora.host.local.ShardHost;

/**
 * Keeps the log from growing without end: writes that are too old, or too many, are deleted from
 * its tail after an answer, a few at a time. The newest write always stays: it is the cursor.
 */
public final class Retention {

  /** How often the tail is looked at; when more than one pass is due, after every write. */
  static final long EVERY_MS = 10_000;

  /** Rows that one pass looks at and deletes at most. */
  static final int PASS_ROWS = 2000;

  private final ShardHost host;
  private final Oplog oplog;
  private final long ageMs;
  private final int rowsMax;
  private double lookedAtMs = Double.NEGATIVE_INFINITY;
  private boolean queued;
  private boolean behind;

  /**
   * Keeps a log.
   *
   * @param ageMs how old a write in it may become
   * @param rowsMax how many writes may be in it
   */
  public Retention(ShardHost host, Oplog oplog, long ageMs, int rowsMax) {
    this.host = host;
    this.oplog = oplog;
    this.ageMs = ageMs;
    this.rowsMax = rowsMax;
  }

  /** Something was written; the tail is looked at after the answer, if it is time. */
  public void written() {
    double sinceMs = host.clock().nowAsDouble() - lookedAtMs;
    // A clock that was set back must not stop this until it has caught up.
    if (!queued && (behind || sinceMs >= EVERY_MS || sinceMs < 0)) {
      queued = true;
      host.deferred().afterResponse(this::pass);
    }
  }

  private void pass() {
    queued = false;
    lookedAtMs = host.clock().nowMs();
    long floor = oplog.floor();
    long keepFrom = oplog.keepFrom(lookedAtMs - ageMs, rowsMax, PASS_ROWS);
    behind = keepFrom - floor >= PASS_ROWS;
    if (keepFrom > floor) {
      oplog.trimTo(keepFrom);
    }
  }
}
