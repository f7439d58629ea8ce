package lunora.global;

import lunora.api.Args;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.host.remote.GlobalSession;
import lunora.rpc.FunctionRegistry;
import lunora.schema.Codec;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Calls of functions over global tables. */
public final class GlobalCalls {

  private final ShardHost host;
  private final FunctionRegistry functions;

  public GlobalCalls(ShardHost host, FunctionRegistry functions) {
    this.host = host;
    this.functions = functions;
  }

  /** Whether the path names such a function that the caller may call. Never suspends. */
  public boolean has(String path, Caller caller) {
    return functions.globalQuery(path, caller) != null
        || functions.globalMutation(path, caller) != null;
  }

  /**
   * Runs a function; what a mutation wrote is in the database when it returns. May suspend.
   *
   * @throws lunora.error.LunoraException {@code FUNCTION_NOT_FOUND}; {@code CONFLICT} when a row
   *     was changed meanwhile or a unique index has the keys already; {@code MISCONFIGURED} when
   *     nothing is bound as {@code DB}; what the function refuses
   */
  public GlobalAnswer call(String path, Value.Obj args, Caller caller, GlobalStart start) {
    FunctionDescriptor.OfGlobalQuery<?> query = functions.globalQuery(path, caller);
    if (query != null) {
      return query(query, args, caller, start);
    }
    FunctionDescriptor.OfGlobalMutation<?> mutation = functions.globalMutation(path, caller);
    if (mutation != null) {
      return mutate(mutation, args, caller, start);
    }
    throw FunctionRegistry.notFound(path);
  }

  private <R extends @Nullable Object> GlobalAnswer query(
      FunctionDescriptor.OfGlobalQuery<R> query, Value.Obj args, Caller caller, GlobalStart start) {
    Args read = query.signature().read(args);
    GlobalSession session = start.reading();
    GlobalQuery context = new GlobalQuery(host, caller, query.signature().path().text(), session);
    R value = query.handler().handle(context, read);
    return new GlobalAnswer(written(query.signature().result(), value), session.bookmark());
  }

  private <R extends @Nullable Object> GlobalAnswer mutate(
      FunctionDescriptor.OfGlobalMutation<R> mutation,
      Value.Obj args,
      Caller caller,
      GlobalStart start) {
    Args read = mutation.signature().read(args);
    GlobalSession session = start.writing();
    String path = mutation.signature().path().text();
    GlobalMutation context = new GlobalMutation(host, caller, path, session);
    R value = mutation.handler().handle(context, read);
    // Written before the commit: an answer that cannot be given is a failure too.
    JsonText result = written(mutation.signature().result(), value);
    context.commit();
    return new GlobalAnswer(result, session.bookmark());
  }

  private <R extends @Nullable Object> JsonText written(Codec<R> codec, R value) {
    JsonSink sink = host.texts().sink();
    codec.write(value, sink);
    return sink.finish();
  }
}
