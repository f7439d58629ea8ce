package lunora.shard;

import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.global.GlobalStart;
import lunora.host.inbound.HttpRequest;
import lunora.host.remote.ActionHost;
import lunora.rpc.ShardRequests;

/** The request that a call came with, alone or in a batch. */
record Incoming(Caller caller, HttpRequest request, ActionHost host) {

  /** What an action of this request has besides its arguments. */
  ActionScope scope() {
    String origin = request.header(ShardRequests.ORIGIN_HEADER);
    if (origin == null && caller.origin() == Caller.Origin.CLIENT) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "the Worker passed no origin on");
    }
    if (origin == null) {
      // Nobody's request: what the deployment says of itself, if it does.
      origin = host.bindings().variable("LUNORA_ORIGIN_URL");
    }
    return new ActionScope(host.fetcher(), host.bindings(), origin == null ? "" : origin, 0);
  }

  /** The session over the global database that the request's bookmark continues. */
  GlobalStart global() {
    return new GlobalStart(host.bindings(), request.header(ShardRequests.BOOKMARK_HEADER));
  }
}
