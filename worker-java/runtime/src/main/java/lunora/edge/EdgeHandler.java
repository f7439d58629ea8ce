package lunora.edge;

import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.auth.IdentityHeaders;
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
import lunora.security.BearerToken;
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

  static final String RPC_PATH = "/_lunora/rpc";
  static final String RPC_METHOD = "POST";

  private final Access access;
  private final AdminPlane operators;
  private final AdminAccess admin;
  private final HealthRoute health;
  private final DispatchRoute jobs;
  private final @Nullable QueryCoordinator coordinator;

  /** A plane with these rules; without a coordinator no call goes to more than one shard. */
  public EdgeHandler(
      Access access,
      AdminPlane operators,
      CronTable crons,
      @Nullable QueryCoordinator coordinator) {
    this.access = access;
    this.operators = operators;
    this.admin = operators.access();
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
        case "/_lunora/ws" -> socket(request, host, security);
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
    return isForm(request) ? null : QuickCall.of(request, body, host.log());
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
    refuseForm(request);
    if (envelope.functionPath().startsWith(ShardRequests.ADMIN_PREFIX)) {
      return operators.call(envelope, body, request, host);
    }
    refuseReserved(envelope);
    Optional<Identity> identity = identify(request, host);
    ExpectedSubject.check(request, identity);
    Map<String, String> headers = traced(callHeaders(request, identity), trace);
    Value fanOut = envelope.fanOut();
    if (fanOut != null) {
      return fanOut(envelope, fanOut, identity, headers, host);
    }
    return post(envelope, body, identity, headers, host);
  }

  /** The headers, by which a shard knows that its calls are logged. */
  private static Map<String, String> traced(Map<String, String> headers, @Nullable Trace trace) {
    if (trace != null) {
      headers.put(Trace.HEADER, trace.header());
    }
    return headers;
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
    return post(envelope, body, identity, headers(page, identity), host);
  }

  private HttpResponse batch(HttpRequest request, WorkerHost host, @Nullable Trace trace) {
    if (!request.method().equals("POST")) {
      return wrongMethod("POST");
    }
    refuseForm(request);
    BatchEnvelope batch = BatchEnvelope.read(request.readText(RpcEnvelope.BODY_BYTES_MAX));
    for (BatchEnvelope.Entry entry : batch.entries()) {
      String path = entry.call().functionPath();
      if (path.startsWith(RELATION_PREFIX) || path.startsWith(ShardRequests.ADMIN_PREFIX)) {
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
    return call.send(host, traced(headers(request, identity), trace));
  }

  /**
   * Whether the call is the system's own or for many shards: nothing to be let pass at a glance.
   */
  static boolean isReserved(RpcEnvelope envelope) {
    String path = envelope.functionPath();
    return envelope.fanOut() != null
        || path.startsWith(ShardRequests.ADMIN_PREFIX)
        || path.startsWith(RELATION_PREFIX);
  }

  /** A page's form can be made to send JSON, but not to say so; without cookies it is nobody's. */
  private static boolean isForm(HttpRequest request) {
    String type = request.header("content-type");
    return type != null
        && request.header("cookie") != null
        && (type.startsWith("application/x-www-form-urlencoded")
            || type.startsWith("multipart/form-data"));
  }

  private static void refuseForm(HttpRequest request) {
    if (isForm(request)) {
      throw new LunoraException(ErrorCode.BAD_REQUEST.name(), 415, "send application/json");
    }
  }

  private static void refuseReserved(RpcEnvelope envelope) {
    if (envelope.functionPath().startsWith(RELATION_PREFIX) && envelope.fanOut() == null) {
      throw new LunoraException(ErrorCode.FORBIDDEN, "relations are read by fan-out only");
    }
  }

  private HttpResponse socket(HttpRequest request, WorkerHost host, SecurityPolicy security) {
    if (!request.method().equals("GET")) {
      return wrongMethod("GET");
    }
    if (!"websocket".equalsIgnoreCase(request.header("upgrade"))) {
      LunoraException refusal =
          new LunoraException(
              ErrorCode.BAD_REQUEST.name(), 426, "this path takes WebSocket upgrades only");
      return RpcResponses.error(new ErrorBody(426, refusal), new JsonWriter())
          .with("upgrade", "websocket");
    }
    String token = BearerToken.ofUpgrade(request);
    HttpResponse refusal = security.upgradeRefusal(request, token != null);
    if (refusal != null) {
      return refusal;
    }
    String shardKey = ShardKeys.resolve(request.query("shard"), access.defaultShardKey());
    boolean operator = admin.opensSocket(request, host, host.clock().nowMs());
    if (!operator && !security.opensSocket(token)) {
      throw new LunoraException(ErrorCode.FORBIDDEN, "sockets of this deployment need its token");
    }
    if (operator) {
      operators.watched(shardKey, request, host);
      Map<String, String> headers = headers(request, Optional.empty());
      headers.putAll(IdentityHeaders.ofAdmin());
      return host.shards().upgrade(shardKey, request, headers);
    }
    Optional<Identity> identity = access.identify(request, host);
    access.authorizeShard(identity, shardKey);
    return host.shards().upgrade(shardKey, request, headers(request, identity));
  }

  /** What a shard is told of the caller and of the Worker, besides the call itself. */
  private static Map<String, String> headers(HttpRequest request, Optional<Identity> identity) {
    Map<String, String> headers = IdentityHeaders.of(identity);
    headers.put(ShardRequests.ORIGIN_HEADER, originOf(request.url()));
    copy(request, ShardRequests.BOOKMARK_HEADER, headers);
    return headers;
  }

  /** The same, and by what a call that is sent again is recognised. */
  static Map<String, String> callHeaders(HttpRequest request, Optional<Identity> identity) {
    Map<String, String> headers = headers(request, identity);
    copy(request, ShardRequests.MUTATION_ID_HEADER, headers);
    if (copy(request, ShardRequests.CLIENT_ID_HEADER, headers)) {
      copy(request, ShardRequests.CLIENT_SEQ_HEADER, headers);
    }
    return headers;
  }

  /** Hands a header on as it is; false when the request has none. */
  private static boolean copy(HttpRequest request, String name, Map<String, String> into) {
    @Nullable String value = request.header(name);
    if (value == null) {
      return false;
    }
    into.put(name, value);
    return true;
  }

  private static HttpResponse wrongMethod(String allowed) {
    LunoraException refusal =
        new LunoraException(ErrorCode.METHOD_NOT_ALLOWED, "use " + allowed + " here");
    ErrorBody body = ErrorBody.of(refusal, ErrorBody.Plane.WORKER);
    return RpcResponses.error(body, new JsonWriter()).with("allow", allowed);
  }

  /** Scheme, host and port of a URL. */
  private static String originOf(String url) {
    int afterScheme = url.indexOf("://") + 3;
    int slash = url.indexOf('/', afterScheme);
    return slash < 0 ? url : url.substring(0, slash);
  }
}
