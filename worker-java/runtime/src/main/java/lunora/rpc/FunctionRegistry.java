package lunora.rpc;

import java.util.HashMap;
import java.util.Map;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import org.jspecify.annotations.Nullable;

/**
 * The functions of an app by path. One map for each kind: a call through a map that also held
 * actions could suspend, as far as the compiler knows (docs/adr/0001-async-model.md).
 */
public final class FunctionRegistry {

  private final Map<String, FunctionDescriptor.OfQuery<?>> queries = new HashMap<>();
  private final Map<String, FunctionDescriptor.OfMutation<?>> mutations = new HashMap<>();
  private final Map<String, FunctionDescriptor.OfAction<?>> actions = new HashMap<>();
  private final Map<String, FunctionDescriptor.OfStream<?>> streams = new HashMap<>();

  private final Map<String, FunctionDescriptor.OfGlobalQuery<?>> globalQueries = new HashMap<>();
  private final Map<String, FunctionDescriptor.OfGlobalMutation<?>> globalMutations =
      new HashMap<>();

  public FunctionRegistry(AppModule app) {
    for (FunctionDescriptor.OfQuery<?> query : app.queries()) {
      queries.put(query.signature().path().text(), query);
    }
    for (FunctionDescriptor.OfMutation<?> mutation : app.mutations()) {
      mutations.put(mutation.signature().path().text(), mutation);
    }
    for (FunctionDescriptor.OfAction<?> action : app.actions()) {
      actions.put(action.signature().path().text(), action);
    }
    for (FunctionDescriptor.OfStream<?> stream : app.streams()) {
      streams.put(stream.signature().path().text(), stream);
    }
    for (FunctionDescriptor.OfGlobalQuery<?> query : app.globalQueries()) {
      globalQueries.put(query.signature().path().text(), query);
    }
    for (FunctionDescriptor.OfGlobalMutation<?> mutation : app.globalMutations()) {
      globalMutations.put(mutation.signature().path().text(), mutation);
    }
  }

  /** The query of that path that the caller may call, or null. */
  public FunctionDescriptor.@Nullable OfQuery<?> query(String path, Caller caller) {
    FunctionDescriptor.OfQuery<?> query = queries.get(path);
    return query != null && visible(query, caller) ? query : null;
  }

  /** The mutation of that path that the caller may call, or null. */
  public FunctionDescriptor.@Nullable OfMutation<?> mutation(String path, Caller caller) {
    FunctionDescriptor.OfMutation<?> mutation = mutations.get(path);
    return mutation != null && visible(mutation, caller) ? mutation : null;
  }

  /** The action of that path that the caller may call, or null. */
  public FunctionDescriptor.@Nullable OfAction<?> action(String path, Caller caller) {
    FunctionDescriptor.OfAction<?> action = actions.get(path);
    return action != null && visible(action, caller) ? action : null;
  }

  /** The stream of that path that the caller may start, or null. */
  public FunctionDescriptor.@Nullable OfStream<?> stream(String path, Caller caller) {
    FunctionDescriptor.OfStream<?> stream = streams.get(path);
    return stream != null && visible(stream, caller) ? stream : null;
  }

  /** The query over global tables of that path that the caller may call, or null. */
  public FunctionDescriptor.@Nullable OfGlobalQuery<?> globalQuery(String path, Caller caller) {
    FunctionDescriptor.OfGlobalQuery<?> query = globalQueries.get(path);
    return query != null && visible(query, caller) ? query : null;
  }

  /** The mutation over global tables of that path that the caller may call, or null. */
  public FunctionDescriptor.@Nullable OfGlobalMutation<?> globalMutation(
      String path, Caller caller) {
    FunctionDescriptor.OfGlobalMutation<?> mutation = globalMutations.get(path);
    return mutation != null && visible(mutation, caller) ? mutation : null;
  }

  /** Whether the path names a function that may suspend. */
  public boolean maySuspend(String path, Caller caller) {
    return action(path, caller) != null
        || globalQuery(path, caller) != null
        || globalMutation(path, caller) != null;
  }

  /** Whether there is a query, mutation or action of that path, whoever may call it. */
  public boolean knows(String path) {
    return queries.containsKey(path) || mutations.containsKey(path) || actions.containsKey(path);
  }

  /** The refusal for a path that names nothing the caller may call. */
  public static LunoraException notFound(String path) {
    return new LunoraException(
        ErrorCode.FUNCTION_NOT_FOUND, "no function is named '" + shortened(path) + "'");
  }

  private static String shortened(String path) {
    return path.length() <= 100 ? path : path.substring(0, 100) + "...";
  }

  private static boolean visible(FunctionDescriptor<?> function, Caller caller) {
    return caller.isInside()
        || function.signature().visibility() == FunctionDescriptor.Visibility.PUBLIC;
  }
}
