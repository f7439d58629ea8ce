package lunora.edge;

import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.ServerCall;
import lunora.host.local.LogSink;
import lunora.host.remote.WorkerHost;
import lunora.rpc.BatchEnvelope;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.security.SecurityPolicy;
import lunora.storage.StorageRoute;
import lunora.trace.Trace;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Answers the {@code /_lunora} plane, by itself or through a shard. */
public final class EdgeHandler {

  /** How the paths of the plane begin. */
  static final String RESERVED_PREFIX = "/_lunora/";

  /** A function of the system's, not of an app's. */
  private static final String RELATION_PREFIX = "__lunora_relation__:";

  /**
   * A batch is refused names of the admin plane with and without the colon (protocol section 5).
   */
  private static final String BATCH_ADMIN_PREFIX = "__lunora_admin__";

  static final String RPC_PATH = "/_lunora/rpc";
  static final String RPC_METHOD = "POST";

  private final Access access;
  private final AdminPlane operators;
  private final AdminAccess admin;
  private final SocketRoute sockets;
  private final HealthRoute health;
  private final DispatchRoute jobs;
  private final @Nullable QueryCoordinator coordinator;
  private final ShardHeaders.Bare bare = new ShardHeaders.Bare();

  /** A plane with these rules; without a coordinator no call goes to more than one shard. */
  public EdgeHandler(
      Access access,
      AdminPlane operators,
      CronTable crons,
      @Nullable QueryCoordinator coordinator) {
    this.access = access;
    this.operators = operators;
    this.admin = operators.access();
    this.sockets = new SocketRoute(access, operators);
    this.health = new HealthRoute(access.defaultShardKey());
    this.jobs = new DispatchRoute(admin, access.defaultShardKey(), crons);
    this.coordinator = coordinator;
  }

  /** Answers a request of the plane; throws only for bugs of ours. May suspend. */
  HttpResponse fetch(
      HttpRequest request, WorkerHost host, SecurityPolicy security, @Nullable Trace trace) {
    try {
      return switch (request.path()) {
        case RPC_PATH -> rpc(request, host, trace);
        case "/_lunora/rpc-batch" -> batch(request, host, trace);
        case SocketRoute.PATH -> sockets.answer(request, host, security);
        case "/_lunora/status" -> status(request);
        case HealthRoute.PATH, HealthRoute.READY_PATH -> health.answer(request, host);
        case DispatchRoute.PATH -> dispatch(request, host);
        default -> other(request, host, security);
      };
    } catch (RuntimeException e) {
      if (ErrorBody.isInternal(e)) {
        host.log().log(LogSink.Level.ERROR, "a request failed: " + request.path(), e);
      }
      return RpcResponses.error(ErrorBody.of(e, ErrorBody.Plane.WORKER), new JsonWriter());
    }
  }

  /** Looks at the deployment's settings, with its first request. Never suspends. */
  void started(HttpRequest request, WorkerHost host) {
    admin.started(request, host);
  }

  /** How long a body {@link #begin} takes, in bytes; 0 when it is not to be asked. */
  int beginsUpTo(HttpRequest request) {
    boolean begins =
        request.path().equals(RPC_PATH)
            && request.method().equals(RPC_METHOD)
            && access.decidesAtOnce(request);
    return begins ? RpcEnvelope.BODY_BYTES_MAX : 0;
  }

  /** The call in a body, or null where more has to be decided. Never suspends. */
  @Nullable ForwardedCall begin(HttpRequest request, String body, WorkerHost host) {
    return PageForm.is(request) ? null : QuickCall.of(request, body, bare, host);
  }

  private static HttpResponse status(HttpRequest request) {
    return switch (request.method()) {
      case "GET" -> RpcResponses.json(200, JsonText.of("{\"ok\":true}"));
      case "HEAD" ->
          new HttpResponse.Plain(
              200, Map.of("content-type", "application/json", "cache-control", "no-store"), "");
      default -> new HttpResponse.Plain(405, Map.of("allow", "GET, HEAD"), "");
    };
  }

  private HttpResponse dispatch(HttpRequest request, WorkerHost host) {
    if (!request.method().equals("POST")) {
      return wrongMethod("POST");
    }
    return jobs.answer(request, host);
  }

  private HttpResponse other(HttpRequest request, WorkerHost host, SecurityPolicy security) {
    String path = request.path();
    if (StorageRoute.owns(path)) {
      return StorageRoute.answer(request, host);
    }
    if (AdminPlane.owns(path)) {
      return operators.answer(request, host, security);
    }
    return HttpResponse.text(404, "Not found");
  }

  /** Whoever has the admin token is nobody else: it is no token of a user. May suspend. */
  private Optional<Identity> identify(HttpRequest request, WorkerHost host) {
    if (admin.hasToken(request, host)) {
      return Optional.empty();
    }
    return access.identify(request, host);
  }

  private HttpResponse rpc(HttpRequest request, WorkerHost host, @Nullable Trace trace) {
    if (!request.method().equals(RPC_METHOD)) {
      return wrongMethod(RPC_METHOD);
    }
    String body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    RpcEnvelope envelope = RpcEnvelope.read(body);
    PageForm.refuse(request);
    if (envelope.functionPath().startsWith(ShardRequests.ADMIN_PREFIX)) {
      return operators.call(envelope, body, request, host);
    }
    refuseReserved(envelope);
    Optional<Identity> identity = identify(request, host);
    ExpectedSubject.check(request, identity);
    Map<String, String> headers =
        ShardHeaders.traced(ShardHeaders.ofCall(request, identity), trace);
    Value fanOut = envelope.fanOut();
    if (fanOut != null) {
      return fanOut(envelope, fanOut, identity, headers, host);
    }
    return post(envelope, body, identity, headers, host);
  }

  private HttpResponse post(
      RpcEnvelope envelope,
      String body,
      Optional<Identity> identity,
      Map<String, String> headers,
      WorkerHost host) {
    String shardKey = ShardKeys.resolve(envelope.shardKey(), access.defaultShardKey());
    access.authorizeShard(identity, shardKey);
    HttpResponse.Json answer = host.shards().post(shardKey, ShardRequests.RPC_PATH, headers, body);
    return QuickCall.named(answer, shardKey);
  }

  private HttpResponse fanOut(
      RpcEnvelope envelope,
      Value fanOut,
      Optional<Identity> identity,
      Map<String, String> headers,
      WorkerHost host) {
    QueryCoordinator asked = coordinator;
    if (asked == null) {
      throw new LunoraException(
          ErrorCode.BAD_REQUEST, "fanOut needs a query coordinator, and this app has none");
    }
    String table = FanOutCall.table(fanOut);
    Value.Obj merge = FanOutCall.merge(fanOut);
    access.authorizeFanOut(identity, table, envelope.functionPath());
    return asked.query(new FanOutCall(identity, table, merge, envelope, headers), host);
  }

  /**
   * Answers a call of a server-side loader as one of the page that it renders.
   *
   * @throws LunoraException what a client would get as an error
   */
  HttpResponse serverCall(HttpRequest page, ServerCall call, WorkerHost host) {
    JsonWriter sink = new JsonWriter();
    RpcEnvelope.write(call, sink);
    String body = sink.finish().toString();
    RpcEnvelope envelope = RpcEnvelope.read(body);
    if (envelope.functionPath().startsWith(ShardRequests.ADMIN_PREFIX)) {
      return operators.call(envelope, body, page, host);
    }
    refuseReserved(envelope);
    Optional<Identity> identity = identify(page, host);
    return post(envelope, body, identity, ShardHeaders.of(page, identity), host);
  }

  private HttpResponse batch(HttpRequest request, WorkerHost host, @Nullable Trace trace) {
    if (!request.method().equals("POST")) {
      return wrongMethod("POST");
    }
    PageForm.refuse(request);
    BatchEnvelope batch = BatchEnvelope.read(request.readText(RpcEnvelope.BODY_BYTES_MAX));
    for (BatchEnvelope.Entry entry : batch.entries()) {
      String path = entry.call().functionPath();
      if (path.startsWith(RELATION_PREFIX) || path.startsWith(BATCH_ADMIN_PREFIX)) {
        throw new LunoraException(
            ErrorCode.FORBIDDEN, "a batch cannot call the system's own functions");
      }
    }
    Optional<Identity> identity = identify(request, host);
    ExpectedSubject.check(request, identity);
    BatchCall call = new BatchCall(batch, access.defaultShardKey());
    for (String shardKey : call.shardKeys()) {
      access.authorizeShard(identity, shardKey);
    }
    return call.send(host, ShardHeaders.traced(ShardHeaders.of(request, identity), trace));
  }

  /** Whether a function is the system's own: nothing to be let pass at a glance. */
  static boolean isReserved(String functionPath) {
    return functionPath.startsWith(ShardRequests.ADMIN_PREFIX)
        || functionPath.startsWith(RELATION_PREFIX);
  }

  private static void refuseReserved(RpcEnvelope envelope) {
    if (envelope.functionPath().startsWith(RELATION_PREFIX) && envelope.fanOut() == null) {
      throw new LunoraException(ErrorCode.FORBIDDEN, "relations are read by fan-out only");
    }
  }

  static HttpResponse wrongMethod(String allowed) {
    LunoraException refusal =
        new LunoraException(ErrorCode.METHOD_NOT_ALLOWED, "use " + allowed + " here");
    ErrorBody body = ErrorBody.of(refusal, ErrorBody.Plane.WORKER);
    return RpcResponses.error(body, new JsonWriter()).with("allow", allowed);
  }
}
