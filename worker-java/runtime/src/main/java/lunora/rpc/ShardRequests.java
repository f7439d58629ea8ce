package lunora.rpc;

import lunora.host.remote.GlobalSession;

/** How the Worker speaks to a shard: the path and headers that both sides name. */
public final class ShardRequests {

  /** Where calls are posted. */
  public static final String RPC_PATH = "/rpc";

  /** Where batches of calls are posted. */
  public static final String BATCH_PATH = "/rpc-batch";

  /**
   * Where operations of the admin plane are posted, in the form of calls. Only the Worker does, for
   * those whom it let into the plane.
   */
  public static final String ADMIN_PATH = "/admin";

  /** How the paths of functions begin that are the system's own, for operators. */
  public static final String ADMIN_PREFIX = "__lunora_admin__:";

  /** The origin under which the Worker was called: what an action may fetch as its own. */
  public static final String ORIGIN_HEADER = "x-lunora-origin";

  /** The client's name for a mutation; with it an answer carries the commit cursor. */
  public static final String MUTATION_ID_HEADER = "x-lunora-mutation-id";

  /** The client's name for itself. */
  public static final String CLIENT_ID_HEADER = "x-lunora-client-id";

  /** How far the caller has seen the global database; on an answer, how far it sees it now. */
  public static final String BOOKMARK_HEADER = GlobalSession.BOOKMARK_HEADER;

  /** The number of a mutation among its client's. */
  public static final String CLIENT_SEQ_HEADER = "x-lunora-client-seq";

  /** On an answer: the shard that gave it. */
  public static final String SHARD_KEY_HEADER = "x-lunora-shard-key";

  private ShardRequests() {}
}
