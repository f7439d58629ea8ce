package lunora.bridge.entry;

import lunora.host.inbound.ShardHandler;
import lunora.host.local.ShardHost;

/** Makes the engine of one Durable Object. May use SQL, must not suspend. */
@FunctionalInterface
public interface ShardFactory {

  ShardHandler open(ShardHost host);
}
