package lunora.edge;

import java.util.Optional;
import lunora.api.Identity;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request and what they may reach (protocol section 14.2). What nobody decides is
 * denied.
 */
public final class Access {

  private final Authenticator authenticator;
  private final ShardAuthorizer shards;
  private final FanOutAuthorizer fanOut;
  private final String defaultShardKey;
  private final boolean opensRoot;

  /**
   * The rules of one Worker.
   *
   * @param shards null for the default: everybody may reach the default shard
   * @param fanOut null for the default: nobody may ask all shards
   * @param openShards whether the defaults let everybody reach everything
   */
  public Access(
      Authenticator authenticator,
      @Nullable ShardAuthorizer shards,
      @Nullable FanOutAuthorizer fanOut,
      String defaultShardKey,
      boolean openShards) {
    this.authenticator = authenticator;
    this.defaultShardKey = defaultShardKey;
    this.opensRoot =
        (shards == null || shards instanceof BeyondRoot)
            && defaultShardKey.equals(ShardKeys.DEFAULT);
    boolean open = openShards && shards == null;
    ShardAuthorizer shardDefault =
        open ? (identity, shardKey) -> true : ShardAuthorizer.onlyDefault(defaultShardKey);
    this.shards = shards == null ? shardDefault : shards;
    FanOutAuthorizer fanOutDefault =
        open ? (identity, table, path) -> true : FanOutAuthorizer.nobody();
    this.fanOut = fanOut == null ? fanOutDefault : fanOut;
  }

  /** Whether nothing that has to be waited for has a say in this call of the default shard. */
  boolean decidesAtOnce(HttpRequest request) {
    return opensRoot && authenticator.isAnonymous(request);
  }

  /** The sender. May suspend. */
  Optional<Identity> identify(HttpRequest request, WorkerHost host) {
    return authenticator.authenticate(request, host);
  }

  /** The shard of calls that name none. */
  String defaultShardKey() {
    return defaultShardKey;
  }

  /**
   * Refuses a shard. May suspend.
   *
   * @throws LunoraException {@code FORBIDDEN_SHARD}
   */
  void authorizeShard(Optional<Identity> identity, String shardKey) {
    if (!shards.allows(identity, shardKey)) {
      throw new LunoraException(ErrorCode.FORBIDDEN_SHARD, "Forbidden shard");
    }
  }

  /**
   * Refuses a call to all shards of a table. May suspend.
   *
   * @throws LunoraException {@code FORBIDDEN_FANOUT}
   */
  void authorizeFanOut(Optional<Identity> identity, String table, String functionPath) {
    if (!fanOut.allows(identity, table, functionPath)) {
      throw new LunoraException(ErrorCode.FORBIDDEN_FANOUT, "Forbidden fan-out");
    }
  }
}
