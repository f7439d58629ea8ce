package lunora.shard;

import lunora.api.AppModule;
import lunora.host.local.ShardHost;
import lunora.inspect.ChangeOps;
import lunora.inspect.LiveOps;
import lunora.inspect.MetricOps;
import lunora.inspect.RowOps;
import lunora.inspect.ShardOps;
import lunora.inspect.ShardWrites;
import lunora.inspect.SqlOp;
import lunora.inspect.TableOps;
import lunora.oplog.Oplog;
import lunora.rpc.CallCounts;

/** The operations that a shard offers to operators. */
final class Operations {

  private Operations() {}

  static ShardOps of(
      ShardHost host, AppModule app, Oplog oplog, CallCounts counts, ShardWrites writes) {
    ShardOps ops = new ShardOps();
    TableOps.add(ops, host, app);
    RowOps.add(ops, host, app, writes);
    SqlOp.add(ops, host);
    LiveOps.add(ops, host);
    MetricOps.add(ops, host, oplog, counts);
    ChangeOps.add(ops, host, oplog);
    ChangeApplier.add(ops, host, app, writes);
    return ops;
  }
}
