package lunora.global;

import lunora.api.Args;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.changes.ChangeNotes;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.remote.GlobalSession;
import lunora.query.Policies;
import lunora.query.ReadSet;
import lunora.rpc.FunctionRegistry;
import lunora.schema.Codec;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Calls of functions over global tables. */
public final class GlobalCalls {

  /** How often a mutation runs that others get in the way of, before the caller is told. */
  private static final int TRIES = 8;

  private final ShardHost host;
  private final FunctionRegistry functions;
  private final Policies policies;
  private final ChangeNotes notes;

  /** Calls whose writes the notes tell of. */
  public GlobalCalls(
      ShardHost host, FunctionRegistry functions, Policies policies, ChangeNotes notes) {
    this.host = host;
    this.functions = functions;
    this.policies = policies;
    this.notes = notes;
  }

  /** What a function came to, in Java and on the wire. */
  private record Outcome<R extends @Nullable Object>(
      R value, JsonText result, @Nullable String bookmark) {}

  /** Whether the path names such a function that the caller may call. Never suspends. */
  public boolean has(String path, Caller caller) {
    return functions.globalQuery(path, caller) != null
        || functions.globalMutation(path, caller) != null;
  }

  /**
   * Runs a function; what a mutation wrote is in the database when it returns. May suspend.
   *
   * @throws lunora.error.LunoraException {@code FUNCTION_NOT_FOUND}; {@code CONFLICT} when others
   *     changed the same rows each time it was tried, or a unique index has the keys already;
   *     {@code MISCONFIGURED} when nothing is bound as {@code DB}; what the function refuses
   */
  public GlobalAnswer call(String path, Value.Obj args, Caller caller, GlobalStart start) {
    FunctionDescriptor.OfGlobalQuery<?> query = functions.globalQuery(path, caller);
    if (query != null) {
      return query(query, args, caller, start);
    }
    FunctionDescriptor.OfGlobalMutation<?> mutation = functions.globalMutation(path, caller);
    if (mutation == null) {
      throw FunctionRegistry.notFound(path);
    }
    Outcome<?> outcome = mutate(mutation, args, caller, start);
    return new GlobalAnswer(outcome.result(), outcome.bookmark());
  }

  /** Runs a function for an action, by the primary. May suspend; throws as {@link #call} does. */
  @SuppressWarnings("unchecked") // the call was made from the descriptor of this very function
  public <R> R run(FunctionCall<R> call, Caller caller, GlobalStart start) {
    String path = call.path().text();
    FunctionDescriptor.OfGlobalQuery<?> query = functions.globalQuery(path, caller);
    if (query != null) {
      FunctionDescriptor.OfGlobalQuery<R> typed = (FunctionDescriptor.OfGlobalQuery<R>) query;
      R value = run(typed, call.args(), caller, start.writing(), null);
      return value;
    }
    FunctionDescriptor.OfGlobalMutation<?> mutation = functions.globalMutation(path, caller);
    if (mutation == null) {
      throw FunctionRegistry.notFound(path);
    }
    FunctionDescriptor.OfGlobalMutation<R> typed =
        (FunctionDescriptor.OfGlobalMutation<R>) mutation;
    Outcome<R> outcome = mutate(typed, call.args(), caller, start);
    return outcome.value();
  }

  /** A bookmark that has seen all that was written up to now. May suspend. */
  public @Nullable String newest(GlobalStart start) {
    GlobalSession session = start.writing();
    session.query("SELECT 1 AS one");
    return session.bookmark();
  }

  private <R extends @Nullable Object> GlobalAnswer query(
      FunctionDescriptor.OfGlobalQuery<R> query, Value.Obj args, Caller caller, GlobalStart start) {
    GlobalSession session = start.reading();
    R value = run(query, args, caller, session, null);
    return new GlobalAnswer(written(query.signature().result(), value), session.bookmark());
  }

  /**
   * Runs a query in a session. May suspend.
   *
   * @param recorded where to record which tables it reads, or null
   */
  public <R extends @Nullable Object> R run(
      FunctionDescriptor.OfGlobalQuery<R> query,
      Value.Obj args,
      Caller caller,
      GlobalSession session,
      @Nullable ReadSet recorded) {
    Args read = query.signature().read(args);
    String path = query.signature().path().text();
    GlobalQuery context = new GlobalQuery(host, caller, path, policies, session, recorded);
    R value = query.handler().handle(context, read);
    return value;
  }

  /** A run whose rows others changed meanwhile has done nothing, and is begun anew. */
  private <R extends @Nullable Object> Outcome<R> mutate(
      FunctionDescriptor.OfGlobalMutation<R> mutation,
      Value.Obj args,
      Caller caller,
      GlobalStart start) {
    String path = mutation.signature().path().text();
    for (int attempt = 1; ; attempt++) {
      Args read = mutation.signature().read(args);
      GlobalSession session = start.writing();
      GlobalMutation context = new GlobalMutation(host, caller, path, policies, session);
      R value = mutation.handler().handle(context, read);
      // Written before the commit: an answer that cannot be given is a failure too.
      JsonText result = written(mutation.signature().result(), value);
      LunoraException conflict = context.commit(notes);
      if (conflict == null) {
        return new Outcome<>(value, result, session.bookmark());
      }
      if (attempt == TRIES) {
        throw conflict;
      }
    }
  }

  private <R extends @Nullable Object> JsonText written(Codec<R> codec, R value) {
    JsonSink sink = host.texts().sink();
    codec.write(value, sink);
    return sink.finish();
  }
}
