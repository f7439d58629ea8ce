package lunora.edge;

import lunora.admin.AdminRoute;
import lunora.admin.AdminRoutes;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.ShardRequests;

/** The admin plane at the edge: lets operators in, and leads them where they want (section 15). */
public final class AdminPlane {

  private final AdminAccess access;
  private final AdminRoutes routes;
  private final String defaultShardKey;

  /** A plane with these routes besides the one that gives tokens for sockets. */
  public AdminPlane(AdminAccess access, AdminRoutes routes, String defaultShardKey) {
    this.access = access;
    this.defaultShardKey = defaultShardKey;
    this.routes =
        routes.add("POST ws-token", (request, host) -> access.mint(host, host.clock().nowMs()));
  }

  AdminAccess access() {
    return access;
  }

  /** Whether the path is one of the plane's. */
  static boolean owns(String path) {
    return AdminRoutes.owns(path);
  }

  /**
   * Answers a request below the plane's prefix. May suspend.
   *
   * @throws LunoraException {@code ADMIN_FORBIDDEN}, and what the route refuses
   */
  HttpResponse answer(HttpRequest request, WorkerHost host) {
    access.require(request, host);
    AdminRoute route = routes.find(request);
    if (route == null) {
      return HttpResponse.text(404, "Not found");
    }
    HttpResponse answer = route.answer(request, host);
    return answer;
  }

  /**
   * Has a shard carry out an operation that was called like a function. May suspend.
   *
   * @param body the call as it came
   */
  HttpResponse call(RpcEnvelope envelope, String body, HttpRequest request, WorkerHost host) {
    access.require(request, host);
    if (envelope.fanOut() != null) {
      throw new LunoraException(
          ErrorCode.FORBIDDEN_FANOUT, "an admin operation is one shard's: name it");
    }
    String shardKey = ShardKeys.resolve(envelope.shardKey(), defaultShardKey);
    HttpResponse.Json answer =
        host.shards().post(shardKey, ShardRequests.ADMIN_PATH, IdentityHeaders.ofAdmin(), body);
    return QuickCall.named(answer, shardKey);
  }
}
