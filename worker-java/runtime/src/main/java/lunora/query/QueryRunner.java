package lunora.query;

import lunora.api.Args;
import lunora.api.FunctionDescriptor;
import lunora.api.Hook;
import lunora.api.WhisperEvent;
import lunora.api.WhisperRule;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.store.Stores;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Runs queries. Nothing here writes: the context has no way to. */
public final class QueryRunner {

  private final ShardHost host;
  private final Stores stores;
  private final Policies policies;

  /** A runner over the stores, whose rows the policies guard. */
  public QueryRunner(ShardHost host, Stores stores, Policies policies) {
    this.host = host;
    this.stores = stores;
    this.policies = policies;
  }

  /**
   * Runs a query once.
   *
   * @param args decoded, not yet validated
   * @param recorded where to record what it reads, or null
   * @throws lunora.error.LunoraException whatever the arguments or the function refuse
   */
  public <R extends @Nullable Object> R run(
      FunctionDescriptor.OfQuery<R> query,
      Value.Obj args,
      Caller caller,
      @Nullable ReadSet recorded) {
    return run(query, args, caller, recorded, null);
  }

  /**
   * Runs a query once for an answer that may be given again.
   *
   * @param marks gets the tables that it reads
   */
  public <R extends @Nullable Object> R runMarked(
      FunctionDescriptor.OfQuery<R> query, Value.Obj args, Caller caller, TableMarks marks) {
    return run(query, args, caller, null, marks);
  }

  private <R extends @Nullable Object> R run(
      FunctionDescriptor.OfQuery<R> query,
      Value.Obj args,
      Caller caller,
      @Nullable ReadSet recorded,
      @Nullable TableMarks marks) {
    Args read = query.signature().read(args);
    String path = query.signature().path().text();
    QueryCall call = new QueryCall(host, stores, policies, caller, path, recorded, marks);
    return query.handler().handle(call, read);
  }

  /** Asks a rule whether a whisper may pass; as a query of the sender's. */
  public boolean allows(Hook<WhisperRule> rule, WhisperEvent event, Caller caller) {
    String path = rule.path().text();
    QueryCall call = new QueryCall(host, stores, policies, caller, path, null, null);
    return rule.handler().allows(call, event);
  }
}
