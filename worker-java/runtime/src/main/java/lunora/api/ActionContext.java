package lunora.api;

import java.util.Optional;

/**
 * The context of an action: no transaction and no tables, but it may wait for the network. What it
 * changes it changes through mutations, each of them atomic by itself.
 */
public interface ActionContext extends FunctionContext {

  /**
   * Calls a query, mutation or action of this shard or a function over global tables, internal ones
   * too. May suspend.
   */
  <R> R run(FunctionCall<R> call);

  /** Has functions called later. */
  ActionScheduler scheduler();

  /** The job or queue message that this call is a try of; empty for any other call. */
  Optional<JobRun> job();

  /** The files of the app. */
  ActionStorage storage();

  /** Outgoing HTTP. */
  HttpClient http();

  /**
   * The absolute URL of a path on the deployment's own origin.
   *
   * @param path begins with a slash; anything that would lead elsewhere is {@code BAD_REQUEST}
   * @throws lunora.error.LunoraException {@code MISCONFIGURED} in a job, which nobody's request
   *     began, unless the variable {@code LUNORA_ORIGIN_URL} says where the deployment is
   */
  String ownUrl(String path);
}
