package lunora.shard;

import java.util.ArrayList;
import java.util.List;
import lunora.api.AppModule;
import lunora.api.ConnectionEvent;
import lunora.api.ConnectionHook;
import lunora.api.Hook;
import lunora.api.ShardInitEvent;
import lunora.api.ShardInitHook;
import lunora.auth.Caller;
import lunora.host.local.LogSink;
import lunora.oplog.RowWrite;
import lunora.subscription.ConnectionListener;

/**
 * Runs an app's hooks, one after another, each in a transaction of its own: one that fails is
 * logged and undone alone (protocol section 12).
 */
final class Lifecycle implements ConnectionListener {

  private final AppModule app;
  private final TransactionRunner transactions;
  private final LogSink log;

  Lifecycle(AppModule app, TransactionRunner transactions, LogSink log) {
    this.app = app;
    this.transactions = transactions;
    this.log = log;
  }

  @Override
  public List<RowWrite<?>> connected(ConnectionEvent event, Caller caller) {
    return run(app.connectHooks(), event, caller);
  }

  @Override
  public List<RowWrite<?>> disconnected(ConnectionEvent event, Caller caller) {
    return run(app.disconnectHooks(), event, caller);
  }

  private List<RowWrite<?>> run(
      List<Hook<ConnectionHook>> hooks, ConnectionEvent event, Caller caller) {
    List<RowWrite<?>> writes = new ArrayList<>();
    for (Hook<ConnectionHook> hook : hooks) {
      try {
        writes.addAll(transactions.run(hook, event, caller));
      } catch (RuntimeException e) {
        failed(hook, e);
      }
    }
    return writes;
  }

  /** The shard woke; to be called before it does anything else. */
  List<RowWrite<?>> started(ShardInitEvent event) {
    List<RowWrite<?>> writes = new ArrayList<>();
    for (Hook<ShardInitHook> hook : app.shardInitHooks()) {
      try {
        writes.addAll(transactions.run(hook, event));
      } catch (RuntimeException e) {
        failed(hook, e);
      }
    }
    return writes;
  }

  private void failed(Hook<?> hook, RuntimeException thrown) {
    log.log(LogSink.Level.ERROR, "a hook failed: " + hook.path(), thrown);
  }
}
