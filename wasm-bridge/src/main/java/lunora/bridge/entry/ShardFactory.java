package lunora.bridge.entry;

import lunora.host.inbound.ShardHandler;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;

/** Makes the engine of one Durable Object. May use SQL, must not suspend. */
@FunctionalInterface
public interface ShardFactory {

  ShardHandler open(ShardHost host, Background background);
}
