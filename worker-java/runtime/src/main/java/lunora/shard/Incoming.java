package lunora.shard;

import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.remote.ActionHost;
import lunora.rpc.ShardRequests;

/** The request that a call came with, alone or in a batch. */
record Incoming(Caller caller, HttpRequest request, ActionHost host) {

  /** What an action of this request has besides its arguments. */
  ActionScope scope() {
    String origin = request.header(ShardRequests.ORIGIN_HEADER);
    if (origin == null) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "the Worker passed no origin on");
    }
    return new ActionScope(host.fetcher(), origin, 0);
  }
}
