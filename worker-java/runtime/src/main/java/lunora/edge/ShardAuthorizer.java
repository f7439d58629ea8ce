package lunora.edge;

import java.util.Optional;
import lunora.api.Identity;

/** Decides who may reach which shard. May suspend. */
@FunctionalInterface
public interface ShardAuthorizer {

  /** Lets everybody into the default shard and nobody into a named one. */
  ShardAuthorizer DEFAULT_SHARD_ONLY = (identity, shardKey) -> shardKey.equals(ShardKeys.DEFAULT);

  boolean allows(Optional<Identity> identity, String shardKey);
}
