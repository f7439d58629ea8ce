package lunora.edge;

import java.util.Optional;
import lunora.api.Identity;

/** Decides who may reach which shard: over calls, batches, sockets and server calls. */
@FunctionalInterface
public interface ShardAuthorizer {

  /** Whether the sender may reach the shard, the default one included. May suspend. */
  boolean allows(Optional<Identity> identity, String shardKey);

  /** Lets everybody into the default shard and nobody into a named one. */
  static ShardAuthorizer onlyDefault(String defaultShardKey) {
    return (identity, shardKey) -> shardKey.equals(defaultShardKey);
  }

  /** Lets everybody into the shard {@code __root__} and asks about every other. */
  static ShardAuthorizer beyondRoot(ShardAuthorizer others) {
    return new BeyondRoot(others);
  }
}
