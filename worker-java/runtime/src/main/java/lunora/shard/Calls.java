package lunora.shard;

import java.util.Map;
import java.util.function.Function;
import lunora.api.ActionScheduler;
import lunora.api.Args;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.MutationContext;
import lunora.api.StorageRule;
import lunora.auth.Caller;
import lunora.global.GlobalCalls;
import lunora.global.GlobalStart;
import lunora.host.local.ShardHost;
import lunora.inspect.ShardWrites;
import lunora.oplog.Retention;
import lunora.query.QueryRunner;
import lunora.query.TableMarks;
import lunora.rpc.FunctionRegistry;
import lunora.subscription.Subscriptions;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Calls of this shard's functions, by a client or by an action. {@link #query} and {@link #mutate}
 * never suspend; {@link #act} and {@link #run} may.
 */
final class Calls implements ShardWrites {

  private final ShardHost host;
  private final FunctionRegistry functions;
  private final QueryRunner queries;
  private final TransactionRunner transactions;
  private final Subscriptions subscriptions;
  private final Retention retention;
  private final ActionScheduler scheduler;
  private final Map<String, StorageRule> storageRules;
  private final GlobalCalls globals;

  Calls(
      ShardHost host,
      FunctionRegistry functions,
      QueryRunner queries,
      TransactionRunner transactions,
      Subscriptions subscriptions,
      Retention retention,
      ActionScheduler scheduler,
      Map<String, StorageRule> storageRules,
      GlobalCalls globals) {
    this.host = host;
    this.functions = functions;
    this.queries = queries;
    this.transactions = transactions;
    this.subscriptions = subscriptions;
    this.retention = retention;
    this.scheduler = scheduler;
    this.storageRules = storageRules;
    this.globals = globals;
  }

  /** What actions schedule with. */
  ActionScheduler scheduler() {
    return scheduler;
  }

  /** Who may have URLs of which files. */
  Map<String, StorageRule> storageRules() {
    return storageRules;
  }

  /** Runs a query and gives its result on the wire; the marks get the tables that it reads. */
  <R extends @Nullable Object> JsonText query(
      FunctionDescriptor.OfQuery<R> query, Value.Obj args, Caller caller, TableMarks marks) {
    R value = queries.runMarked(query, args, caller, marks);
    JsonSink sink = host.texts().sink();
    query.signature().result().write(value, sink);
    return sink.finish();
  }

  /**
   * Runs and commits a mutation together with the note, and has those told who watch what it wrote.
   */
  <R extends @Nullable Object> TransactionRunner.Committed<R> mutate(
      FunctionDescriptor.OfMutation<R> mutation, Value.Obj args, Caller caller, CommitNote note) {
    TransactionRunner.Committed<R> committed = transactions.run(mutation, args, caller, note);
    subscriptions.written(committed.writes());
    retention.written();
    return committed;
  }

  @Override
  public <T> T write(String name, Function<MutationContext, T> body) {
    TransactionRunner.Operated<T> operated = transactions.operate(name, body);
    subscriptions.written(operated.writes());
    retention.written();
    return operated.value();
  }

  /** Runs an action and gives its result on the wire. May suspend. */
  <R extends @Nullable Object> JsonText act(
      FunctionDescriptor.OfAction<R> action, Value.Obj args, Caller caller, ActionScope scope) {
    R value = perform(action, args, caller, scope);
    JsonSink sink = host.texts().sink();
    action.signature().result().write(value, sink);
    return sink.finish();
  }

  private <R extends @Nullable Object> R perform(
      FunctionDescriptor.OfAction<R> action, Value.Obj args, Caller caller, ActionScope scope) {
    Args read = action.signature().read(args);
    String path = action.signature().path().text();
    return action.handler().handle(new ActionCall(host, this, caller, path, scope), read);
  }

  /** Runs a call that an action makes, whatever its kind. May suspend. */
  @SuppressWarnings("unchecked") // the call was made from the descriptor of this very function
  <R> R run(FunctionCall<R> call, Caller caller, ActionScope scope) {
    String path = call.path().text();
    FunctionDescriptor.OfQuery<?> query = functions.query(path, caller);
    if (query != null) {
      return (R) queries.run((FunctionDescriptor.OfQuery<R>) query, call.args(), caller, null);
    }
    FunctionDescriptor.OfMutation<?> mutation = functions.mutation(path, caller);
    if (mutation != null) {
      FunctionDescriptor.OfMutation<R> typed = (FunctionDescriptor.OfMutation<R>) mutation;
      return mutate(typed, call.args(), caller, CommitNote.NONE).value();
    }
    FunctionDescriptor.OfAction<?> action = functions.action(path, caller);
    if (action != null) {
      return perform((FunctionDescriptor.OfAction<R>) action, call.args(), caller, scope);
    }
    R value = globals.run(call, caller, new GlobalStart(scope.bindings(), null));
    return value;
  }
}
