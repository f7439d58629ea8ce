package lunora.shard;

import lunora.api.AppModule;
import lunora.host.local.ShardHost;
import lunora.inspect.ShardOps;
import lunora.inspect.ShardWrites;
import lunora.store.Stores;

/** The operations that a shard offers to operators. */
final class Operations {

  private Operations() {}

  static ShardOps of(ShardHost host, AppModule app, Stores stores, ShardWrites writes) {
    return new ShardOps();
  }
}
