package lunora.edge;

import java.util.Map;
import java.util.Optional;
import lunora.api.Identity;
import lunora.auth.IdentityHeaders;
import lunora.host.inbound.HttpRequest;
import lunora.rpc.ShardRequests;
import lunora.trace.Trace;
import org.jspecify.annotations.Nullable;

/** What a shard is told of a request's sender and of the Worker, besides the call itself. */
final class ShardHeaders {

  private ShardHeaders() {}

  /** The headers of any request that is passed on. */
  static Map<String, String> of(HttpRequest request, Optional<Identity> identity) {
    Map<String, String> headers = IdentityHeaders.of(identity);
    headers.put(ShardRequests.ORIGIN_HEADER, originOf(request.url()));
    copy(request, ShardRequests.BOOKMARK_HEADER, headers);
    return headers;
  }

  /** The same, and by what a call that is sent again is recognised. */
  static Map<String, String> ofCall(HttpRequest request, Optional<Identity> identity) {
    Map<String, String> headers = of(request, identity);
    copy(request, ShardRequests.MUTATION_ID_HEADER, headers);
    if (copy(request, ShardRequests.CLIENT_ID_HEADER, headers)) {
      copy(request, ShardRequests.CLIENT_SEQ_HEADER, headers);
    }
    return headers;
  }

  /**
   * The headers of anonymous calls, of which most bring nothing but the origin: the same map as
   * long as that is the same, so that it need not be converted anew.
   */
  static final class Bare {

    private Map<String, String> last = Map.of();

    /** What {@link ShardHeaders#ofCall} gives for nobody. */
    Map<String, String> ofCall(HttpRequest request) {
      if (request.header(ShardRequests.MUTATION_ID_HEADER) != null
          || request.header(ShardRequests.CLIENT_ID_HEADER) != null
          || request.header(ShardRequests.BOOKMARK_HEADER) != null) {
        return ShardHeaders.ofCall(request, Optional.empty());
      }
      String origin = originOf(request.url());
      if (!origin.equals(last.get(ShardRequests.ORIGIN_HEADER))) {
        last = Map.of(ShardRequests.ORIGIN_HEADER, origin);
      }
      return last;
    }
  }

  /** With the trace, by which a shard knows that its calls are logged. */
  static Map<String, String> traced(Map<String, String> headers, @Nullable Trace trace) {
    if (trace != null) {
      headers.put(Trace.HEADER, trace.header());
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

  /** Scheme, host and port of a URL. */
  private static String originOf(String url) {
    int afterScheme = url.indexOf("://") + 3;
    int slash = url.indexOf('/', afterScheme);
    return slash < 0 ? url : url.substring(0, slash);
  }
}
