package lunora.edge;

import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.LogSink;
import lunora.host.remote.WorkerHost;
import lunora.rpc.BatchEnvelope;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The Worker: answers the {@code /_lunora} plane, by itself or through a shard. */
public final class EdgeHandler implements WorkerHandler {

  /** A function of the system's, not of an app's. */
  private static final String RELATION_PREFIX = "__lunora_relation__:";

  private static final String ADMIN_PREFIX = "__lunora_admin__:";

  private final Authenticator authenticator;
  private final ShardAuthorizer authorizer;

  public EdgeHandler(Authenticator authenticator, ShardAuthorizer authorizer) {
    this.authenticator = authenticator;
    this.authorizer = authorizer;
  }

  @Override
  public HttpResponse fetch(HttpRequest request, WorkerHost host) {
    try {
      return switch (request.path()) {
        case "/_lunora/rpc" -> rpc(request, host);
        case "/_lunora/rpc-batch" -> batch(request, host);
        case "/_lunora/ws" -> socket(request, host);
        case "/_lunora/status" -> status(request);
        default -> HttpResponse.text(404, "Not found");
      };
    } catch (RuntimeException e) {
      if (ErrorBody.isInternal(e)) {
        host.log().log(LogSink.Level.ERROR, "a request failed: " + request.path(), e);
      }
      return RpcResponses.error(ErrorBody.of(e, ErrorBody.Plane.WORKER), new JsonWriter());
    }
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

  private HttpResponse rpc(HttpRequest request, WorkerHost host) {
    if (!request.method().equals("POST")) {
      return wrongMethod("POST");
    }
    String body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    RpcEnvelope envelope = RpcEnvelope.read(body);
    refuseReserved(envelope);
    String shardKey = ShardKeys.resolve(envelope.shardKey());
    Optional<Identity> identity = authenticator.authenticate(request);
    ExpectedSubject.check(request, identity);
    authorize(identity, shardKey);
    Map<String, String> headers = headers(request, identity);
    copy(request, ShardRequests.MUTATION_ID_HEADER, headers);
    if (copy(request, ShardRequests.CLIENT_ID_HEADER, headers)) {
      copy(request, ShardRequests.CLIENT_SEQ_HEADER, headers);
    }
    return host.shards().post(shardKey, ShardRequests.RPC_PATH, headers, body);
  }

  private HttpResponse batch(HttpRequest request, WorkerHost host) {
    if (!request.method().equals("POST")) {
      return wrongMethod("POST");
    }
    BatchEnvelope batch = BatchEnvelope.read(request.readText(RpcEnvelope.BODY_BYTES_MAX));
    for (BatchEnvelope.Entry entry : batch.entries()) {
      String path = entry.call().functionPath();
      if (path.startsWith(RELATION_PREFIX) || path.startsWith(ADMIN_PREFIX)) {
        throw new LunoraException(
            ErrorCode.FORBIDDEN, "a batch cannot call the system's own functions");
      }
    }
    Optional<Identity> identity = authenticator.authenticate(request);
    ExpectedSubject.check(request, identity);
    BatchCall call = new BatchCall(batch);
    for (String shardKey : call.shardKeys()) {
      authorize(identity, shardKey);
    }
    return call.send(host, headers(request, identity));
  }

  private static void refuseReserved(RpcEnvelope envelope) {
    String path = envelope.functionPath();
    if (path.startsWith(ADMIN_PREFIX)) {
      throw new LunoraException(
          ErrorCode.ADMIN_FORBIDDEN,
          "admin introspection is disabled or the bearer token is invalid");
    }
    if (envelope.fanOut() != null) {
      throw new LunoraException(
          ErrorCode.BAD_REQUEST, "fanOut needs a query coordinator, and this app has none");
    }
    if (path.startsWith(RELATION_PREFIX)) {
      throw new LunoraException(ErrorCode.FORBIDDEN, "relations are read by fan-out only");
    }
  }

  private HttpResponse socket(HttpRequest request, WorkerHost host) {
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
    String shardKey = ShardKeys.resolve(request.query("shard"));
    Optional<Identity> identity = authenticator.authenticate(request);
    authorize(identity, shardKey);
    return host.shards().upgrade(shardKey, request, headers(request, identity));
  }

  private void authorize(Optional<Identity> identity, String shardKey) {
    if (!authorizer.allows(identity, shardKey)) {
      throw new LunoraException(ErrorCode.FORBIDDEN_SHARD, "Forbidden shard");
    }
  }

  /** What a shard is told of the caller and of the Worker, besides the call itself. */
  private static Map<String, String> headers(HttpRequest request, Optional<Identity> identity) {
    Map<String, String> headers = IdentityHeaders.of(identity);
    headers.put(ShardRequests.ORIGIN_HEADER, originOf(request.url()));
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
