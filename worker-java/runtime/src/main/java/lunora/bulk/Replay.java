package lunora.bulk;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.oplog.Oplog;
import lunora.wire.Json;
import lunora.wire.Value;

/** Brings staged rows forward in time by what the shard's own log has. Never suspends. */
final class Replay {

  private static final int ROWS_AT_ONCE = 500;

  /**
   * How far.
   *
   * @param epoch of the timeline that the rows are from
   * @param position in its log at which they stood so
   * @param untilMs the last moment to be replayed
   */
  record Target(String epoch, double position, double untilMs) {}

  private final ShardHost host;
  private final Oplog oplog;
  private final Stage stage;

  Replay(ShardHost host, Oplog oplog, Stage stage) {
    this.host = host;
    this.oplog = oplog;
    this.stage = stage;
  }

  /**
   * Refuses what the log cannot do.
   *
   * @throws LunoraException {@code PITR_UNAVAILABLE} when the log is of another timeline or has
   *     forgotten what came next
   */
  void check(Target target) {
    if (!oplog.epoch().equals(target.epoch())) {
      throw new LunoraException(
          ErrorCode.PITR_UNAVAILABLE,
          "the log of shard " + host.shardKey() + " is of another timeline than the snapshot");
    }
    if (oplog.floor() > target.position() + 1) {
      throw new LunoraException(
          ErrorCode.PITR_UNAVAILABLE,
          "the log of shard " + host.shardKey() + " no longer reaches back to the snapshot");
    }
  }

  void run(Target target) {
    check(target);
    double after = target.position();
    for (SqlRows rows = next(after, target); rows.size() > 0; rows = next(after, target)) {
      for (int i = 0; i < rows.size(); i++) {
        StageTable<?> table = stage.find(rows.text(i, 1));
        if (table != null) {
          apply(table, rows, i);
        }
      }
      after = rows.number(rows.size() - 1, 0);
    }
  }

  private SqlRows next(double after, Target target) {
    return host.sql()
        .query(
            "SELECT seq, tbl, id, op, doc FROM \"__lunora_oplog\" WHERE seq > ? AND ts <= ?"
                + " ORDER BY seq LIMIT ?",
            after,
            target.untilMs(),
            ROWS_AT_ONCE);
  }

  private <D> void apply(StageTable<D> table, SqlRows rows, int row) {
    if (rows.isNull(row, 4)) {
      table.delete(rows.text(row, 2));
    } else if (Json.read(rows.text(row, 4)) instanceof Value.Obj doc) {
      table.put(RowLine.read(table.table(), doc, host));
    }
  }
}
