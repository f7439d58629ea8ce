package lunora.sim;

import lunora.host.inbound.ShardHandler;
import lunora.host.local.ShardHost;
import lunora.host.local.Sockets;
import lunora.host.local.SqlStorage;

/** What stands between the simulation and the engine: nothing, or a fault the checker must find. */
interface Mutant {

  /** The engine as it is. */
  Mutant NONE = new Mutant() {};

  /** The same host with another database and other sockets. */
  static ShardHost with(ShardHost host, SqlStorage sql, Sockets sockets) {
    return new ShardHost(
        host.shardKey(),
        sql,
        host.texts(),
        sockets,
        host.clock(),
        host.random(),
        host.deferred(),
        host.alarm(),
        host.log());
  }

  default ShardHost host(ShardHost host) {
    return host;
  }

  default ShardHandler handler(ShardHandler handler) {
    return handler;
  }
}
