package lunora.edge;

import java.util.HashMap;
import java.util.Map;
import lunora.auth.IdentityHeaders;
import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.remote.ShardPost;
import lunora.host.remote.WorkerHost;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * An anonymous call of the default shard, which everybody may make: let pass without waiting for
 * anything. Every other call, and every refusal, is {@link EdgeHandler#fetch}'s.
 */
final class QuickCall implements ForwardedCall {

  private static final Map<String, String> HEADERS = headersOf(ShardKeys.DEFAULT);

  private final ShardPost post;
  private final LogSink log;

  private QuickCall(ShardPost post, LogSink log) {
    this.post = post;
    this.log = log;
  }

  /** The call in a body, or null where more has to be decided. */
  static @Nullable QuickCall of(
      HttpRequest request, String body, ShardHeaders.Bare bare, WorkerHost host) {
    if (request.header(ExpectedSubject.HEADER) != null) {
      return null;
    }
    String path = host.functionAtAGlance(body);
    if (path == null || EdgeHandler.isReserved(path)) {
      return null;
    }
    Map<String, String> headers = bare.ofCall(request);
    return new QuickCall(
        new ShardPost(ShardKeys.DEFAULT, ShardRequests.RPC_PATH, headers, body), host.log());
  }

  @Override
  public ShardPost post() {
    return post;
  }

  @Override
  public HttpResponse answered(HttpResponse.Json answer) {
    return marked(new HttpResponse.Json(answer.status(), HEADERS, answer.body()), answer);
  }

  @Override
  public HttpResponse failed(RuntimeException thrown) {
    if (ErrorBody.isInternal(thrown)) {
      log.log(LogSink.Level.ERROR, "a call failed", thrown);
    }
    return RpcResponses.error(ErrorBody.of(thrown, ErrorBody.Plane.WORKER), new JsonWriter());
  }

  /** A shard's answer with the name of the shard. */
  static HttpResponse.Json named(HttpResponse.Json answer, String shardKey) {
    HttpResponse.Json named =
        new HttpResponse.Json(answer.status(), headersOf(shardKey), answer.body());
    return marked(named, answer);
  }

  /** With how far the shard has got in the global database, if it was there. */
  private static HttpResponse.Json marked(HttpResponse.Json outward, HttpResponse.Json answer) {
    String bookmark = answer.headers().get(ShardRequests.BOOKMARK_HEADER);
    return bookmark == null ? outward : outward.with(ShardRequests.BOOKMARK_HEADER, bookmark);
  }

  private static Map<String, String> headersOf(String shardKey) {
    Map<String, String> headers = new HashMap<>(RpcResponses.HEADERS);
    headers.put(ShardRequests.SHARD_KEY_HEADER, IdentityHeaders.encode(shardKey));
    return headers;
  }
}
