package lunora.admin;

import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.wire.Value;

/** An operation that is called like a function, and that the Worker carries out itself. */
@FunctionalInterface
public interface AdminOp {

  /**
   * Answers as a shard would. May suspend.
   *
   * @param args decoded, not yet looked at
   * @throws lunora.error.LunoraException what the operator gets as an error
   */
  HttpResponse.Json run(String shardKey, Value.Obj args, WorkerHost host);
}
