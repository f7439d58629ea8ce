package lunora.sim;

import lunora.host.inbound.ShardHandler;
import lunora.host.local.ShardHost;

/** What stands between the simulation and the engine: nothing, or a fault the checker must find. */
interface Mutant {

  /** The engine as it is. */
  Mutant NONE = new Mutant() {};

  default ShardHost host(ShardHost host) {
    return host;
  }

  default ShardHandler handler(ShardHandler handler) {
    return handler;
  }
}
