package lunora.edge;

import java.util.Optional;
import lunora.api.Identity;

/** A rule for all shards but {@code __root__}, which is everybody's without asking. */
record BeyondRoot(ShardAuthorizer others) implements ShardAuthorizer {

  @Override
  public boolean allows(Optional<Identity> identity, String shardKey) {
    if (shardKey.equals(ShardKeys.DEFAULT)) {
      return true;
    }
    return others.allows(identity, shardKey);
  }
}
