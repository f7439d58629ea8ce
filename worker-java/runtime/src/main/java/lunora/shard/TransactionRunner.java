package lunora.shard;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import lunora.api.Args;
import lunora.api.ConnectionEvent;
import lunora.api.ConnectionHook;
import lunora.api.FunctionDescriptor;
import lunora.api.Hook;
import lunora.api.MutationContext;
import lunora.api.ShardInitEvent;
import lunora.api.ShardInitHook;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.oplog.RowWrite;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Runs mutations: one synchronous storage transaction each, the log rows in it, rolled back whole
 * on a throw.
 */
final class TransactionRunner {

  private final ShardHost host;
  private final Changes changes;

  TransactionRunner(ShardHost host, Changes changes) {
    this.host = host;
    this.changes = changes;
  }

  /**
   * A mutation that is committed.
   *
   * @param value what it returned
   * @param result the same on the wire
   * @param writes what it wrote, in order
   */
  record Committed<R extends @Nullable Object>(
      R value, JsonText result, List<RowWrite<?>> writes) {}

  /**
   * Runs and commits a mutation.
   *
   * @param args decoded, not yet validated
   * @param note written in the same transaction, at its end
   * @throws lunora.error.LunoraException whatever the arguments or the function refuse; nothing is
   *     left behind
   */
  <R extends @Nullable Object> Committed<R> run(
      FunctionDescriptor.OfMutation<R> mutation, Value.Obj args, Caller caller, CommitNote note) {
    Args read = mutation.signature().read(args);
    String path = mutation.signature().path().text();
    Transaction transaction = new Transaction(host, changes, caller, path);
    return commit(
        () -> {
          R value = mutation.handler().handle(transaction, read);
          // Written before the commit: an answer that cannot be given is a failure too.
          JsonSink sink = host.texts().sink();
          mutation.signature().result().write(value, sink);
          JsonText text = sink.finish();
          note.write(text);
          return new Committed<>(value, text, transaction.writes());
        });
  }

  /** Runs and commits a hook; gives what it wrote. */
  List<RowWrite<?>> run(Hook<ConnectionHook> hook, ConnectionEvent event, Caller caller) {
    Transaction transaction = new Transaction(host, changes, caller, hook.path().text());
    return commit(
        () -> {
          hook.handler().handle(transaction, event);
          return transaction.writes();
        });
  }

  /** Runs and commits a hook of the system's; gives what it wrote. */
  List<RowWrite<?>> run(Hook<ShardInitHook> hook, ShardInitEvent event) {
    Transaction transaction = new Transaction(host, changes, Caller.THE_SYSTEM, hook.path().text());
    return commit(
        () -> {
          hook.handler().handle(transaction, event);
          return transaction.writes();
        });
  }

  /** What an operator did, committed: what came of it and what it wrote. */
  record Operated<T>(T value, List<RowWrite<?>> writes) {}

  /** Runs and commits what an operator does, as the system. */
  <T> Operated<T> operate(String name, Function<MutationContext, T> body) {
    Transaction transaction = new Transaction(host, changes, Caller.THE_SYSTEM, name);
    return commit(() -> new Operated<>(body.apply(transaction), transaction.writes()));
  }

  private <T> T commit(Supplier<T> body) {
    long headBefore = changes.oplog().head();
    boolean committed = false;
    try {
      T result = host.sql().transaction(body);
      committed = true;
      changes.committed();
      return result;
    } finally {
      if (!committed) {
        changes.oplog().rolledBackTo(headBefore);
        changes.rolledBack();
      }
    }
  }
}
