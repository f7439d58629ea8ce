package lunora.edge;

import java.util.Map;
import lunora.admin.AdminAudit;
import lunora.admin.AdminOp;
import lunora.admin.AdminRoute;
import lunora.admin.AdminRoutes;
import lunora.admin.JobRoutes;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.ShardRequests;
import lunora.security.BearerToken;
import lunora.security.SecurityPolicy;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The admin plane at the edge: lets operators in, records what they are about to do, and leads them
 * there (protocol section 15). Without a token and a gate there is no such plane.
 */
public final class AdminPlane {

  private static final String JOBS_SOCKET = AdminRoutes.PREFIX + "scheduled/ws";

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
   * @throws LunoraException {@code ADMIN_FORBIDDEN}, {@code TOO_MANY_REQUESTS}, and what the route
   *     refuses
   */
  HttpResponse answer(HttpRequest request, WorkerHost host, SecurityPolicy security) {
    if (!access.isOpen(host)) {
      return HttpResponse.text(404, "Not found");
    }
    if (request.path().equals(JOBS_SOCKET)
        && "websocket".equalsIgnoreCase(request.header("upgrade"))) {
      HttpResponse socket = watchJobs(request, host, security);
      return socket;
    }
    String actor = access.require(request, host);
    AdminRoute route = routes.find(request);
    if (route == null) {
      return HttpResponse.text(404, "Not found");
    }
    AdminAudit.Entry entry =
        new AdminAudit.Entry(actor, AdminLimits.address(request), operation(request), null, null);
    long begun = AdminAudit.begin(entry, host);
    HttpResponse answer = routed(route, request, host, begun);
    return answer;
  }

  private static String operation(HttpRequest request) {
    String path = request.path();
    boolean below = path.startsWith(AdminRoutes.PREFIX);
    String prefix = below ? AdminRoutes.PREFIX : EdgeHandler.RESERVED_PREFIX;
    return request.method() + " " + path.substring(prefix.length());
  }

  private static HttpResponse routed(
      AdminRoute route, HttpRequest request, WorkerHost host, long begun) {
    HttpResponse answer = null;
    RuntimeException failure = null;
    try {
      answer = route.answer(request, host);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (answer != null) {
      AdminAudit.ended(begun, answer.status(), host);
      return answer;
    }
    throw ended(failure, begun, host);
  }

  private static RuntimeException ended(
      @Nullable RuntimeException failure, long begun, WorkerHost host) {
    RuntimeException thrown = failure == null ? new IllegalStateException("no answer") : failure;
    AdminAudit.ended(begun, ErrorBody.of(thrown, ErrorBody.Plane.WORKER).status(), host);
    return thrown;
  }

  /**
   * Carries out an operation that was called like a function, here or in its shard. May suspend.
   *
   * @param body the call as it came
   */
  HttpResponse call(RpcEnvelope envelope, String body, HttpRequest request, WorkerHost host) {
    String actor = access.require(request, host);
    if (envelope.fanOut() != null) {
      throw new LunoraException(
          ErrorCode.FORBIDDEN_FANOUT, "an admin operation is one shard's: name it");
    }
    String shardKey = ShardKeys.resolve(envelope.shardKey(), defaultShardKey);
    String name = envelope.functionPath().substring(ShardRequests.ADMIN_PREFIX.length());
    AdminAudit.Entry entry =
        new AdminAudit.Entry(
            actor,
            AdminLimits.address(request),
            shortened(name),
            shardKey,
            target(envelope.args()));
    long begun = AdminAudit.begin(entry, host);
    HttpResponse.Json answer = null;
    RuntimeException failure = null;
    try {
      answer = carriedOut(name, shardKey, envelope, body, host);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (answer != null) {
      AdminAudit.ended(begun, answer.status(), host);
      return QuickCall.named(answer, shardKey);
    }
    throw ended(failure, begun, host);
  }

  private HttpResponse.Json carriedOut(
      String name, String shardKey, RpcEnvelope envelope, String body, WorkerHost host) {
    AdminOp op = routes.op(name);
    if (op != null) {
      HttpResponse.Json own = op.run(shardKey, envelope.decodedArgs(), host);
      return own;
    }
    Map<String, String> headers = IdentityHeaders.ofAdmin();
    HttpResponse.Json answer =
        host.shards().post(shardKey, ShardRequests.ADMIN_PATH, headers, body);
    return answer;
  }

  /** What an operation is about, as far as that is no secret. */
  private static @Nullable String target(Value.Obj args) {
    for (String field : new String[] {"table", "functionPath", "name"}) {
      if (args.fields().get(field) instanceof Value.Str text) {
        return shortened(text.value());
      }
    }
    return null;
  }

  private static String shortened(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200);
  }

  /** Records that an operator's socket opens. May suspend. */
  void watched(String shardKey, HttpRequest request, WorkerHost host) {
    AdminAudit.Entry entry =
        new AdminAudit.Entry("socket", AdminLimits.address(request), "ws", shardKey, null);
    AdminAudit.begin(entry, host);
  }

  /** A socket that shows the jobs; its token stands in the URL, as browsers have it. */
  private HttpResponse watchJobs(HttpRequest request, WorkerHost host, SecurityPolicy security) {
    HttpResponse refusal = security.upgradeRefusal(request, BearerToken.ofUpgrade(request) != null);
    if (refusal != null) {
      return refusal;
    }
    boolean operator = access.opensSocket(request, host, host.clock().nowMs());
    if (!operator) {
      access.require(request, host);
    }
    watched("scheduler", request, host);
    HttpResponse socket = JobRoutes.watch(request, host);
    return socket;
  }
}
