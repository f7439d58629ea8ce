package lunora.api;

/**
 * The context of an action: no transaction and no tables, but it may wait for the network. What it
 * changes it changes through mutations, each of them atomic by itself.
 */
public interface ActionContext extends FunctionContext {

  /** Calls a query, mutation or action of this shard, internal ones too. May suspend. */
  <R> R run(FunctionCall<R> call);

  /** Outgoing HTTP. */
  HttpClient http();

  /**
   * The absolute URL of a path on the deployment's own origin.
   *
   * @param path begins with a slash; anything that would lead elsewhere is {@code BAD_REQUEST}
   */
  String ownUrl(String path);
}
