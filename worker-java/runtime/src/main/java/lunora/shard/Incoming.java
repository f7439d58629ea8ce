package lunora.shard;

import lunora.auth.Caller;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.global.GlobalStart;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ActionHost;
import lunora.rpc.ShardRequests;
import org.jspecify.annotations.Nullable;

/**
 * The request that a call came with, alone or in a batch.
 *
 * @param bookmark how far the caller has seen the global database, unchecked; null for nothing
 */
record Incoming(Caller caller, HttpRequest request, ActionHost host, @Nullable String bookmark) {

  Incoming(Caller caller, HttpRequest request, ActionHost host) {
    this(caller, request, host, request.header(ShardRequests.BOOKMARK_HEADER));
  }

  /** The request for its next call, which sees what this answer's saw of the global database. */
  Incoming after(HttpResponse.Json answer) {
    String seen = answer.headers().get(ShardRequests.BOOKMARK_HEADER);
    return seen == null ? this : new Incoming(caller, request, host, seen);
  }

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

  /** The session over the global database that the bookmark continues. */
  GlobalStart global() {
    return new GlobalStart(host.bindings(), bookmark);
  }
}
