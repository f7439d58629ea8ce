package lunora.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Which foreign pages may call and read answers (CORS; protocol section 14.5). None, unless the app
 * says so.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch</a>
 */
final class CorsPolicy {

  private static final String METHODS = "DELETE, GET, HEAD, PATCH, POST, PUT";
  private static final String MAX_AGE_S = "600";
  private static final String EXPOSED = "X-D1-Bookmark, X-Lunora-Edge-Cache, X-Lunora-Shard-Key";

  /**
   * The headers that a page may send, in lower case. The newest published client sends {@code
   * x-lunora-base-seq} with what it queued: nothing reads it here, but a browser holds the whole
   * call back when it may not be sent.
   */
  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "authorization",
          "content-type",
          "traceparent",
          "tracestate",
          "x-d1-bookmark",
          "x-lunora-base-seq",
          "x-lunora-client-id",
          "x-lunora-client-seq",
          "x-lunora-expect-subject",
          "x-lunora-min-seq",
          "x-lunora-mutation-id",
          "x-lunora-shard-key");

  private final AllowedOrigins allowed;
  private final boolean credentials;

  CorsPolicy(AllowedOrigins allowed, boolean credentials) {
    this.allowed = allowed;
    this.credentials = credentials;
  }

  /** The answer to a preflight of an allowed page; null for any other request. */
  HttpResponse.@Nullable Plain preflight(HttpRequest request) {
    if (!request.method().equals("OPTIONS")
        || request.header("access-control-request-method") == null) {
      return null;
    }
    String origin = request.header("origin");
    if (origin == null || !allowed.contains(origin)) {
      return null;
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("access-control-allow-origin", shown(origin));
    headers.put("access-control-allow-methods", METHODS);
    String asked = allowedOf(request.header("access-control-request-headers"));
    if (!asked.isEmpty()) {
      headers.put("access-control-allow-headers", asked);
    }
    headers.put("access-control-max-age", MAX_AGE_S);
    headers.put("vary", "Origin");
    if (credentials) {
      headers.put("access-control-allow-credentials", "true");
    }
    return new HttpResponse.Plain(204, headers, "");
  }

  /** What any other answer to the request has to carry; empty where no page is concerned. */
  Map<String, String> answerHeaders(HttpRequest request, HttpResponse answer) {
    if (allowed.isEmpty()) {
      return Map.of();
    }
    String vary = vary(answer);
    Map<String, String> headers = new LinkedHashMap<>();
    if (!allowed.isEverybody()) {
      // Also without an Origin: a cache must not hand the answer to a page that has one.
      headers.put("vary", vary == null ? "Origin" : vary + ", Origin");
    }
    String origin = request.header("origin");
    if (origin != null && allowed.contains(origin)) {
      headers.put("access-control-allow-origin", shown(origin));
      headers.put("access-control-expose-headers", EXPOSED);
      if (credentials) {
        headers.put("access-control-allow-credentials", "true");
      }
    }
    return headers;
  }

  private static @Nullable String vary(HttpResponse answer) {
    if (answer instanceof HttpResponse.Foreign foreign) {
      return foreign.header("vary");
    }
    return answer instanceof HttpResponse.Plain plain ? plain.headers().get("vary") : null;
  }

  private String shown(String origin) {
    return allowed.isEverybody() ? AllowedOrigins.EVERYBODY : origin;
  }

  private static String allowedOf(@Nullable String asked) {
    if (asked == null) {
      return "";
    }
    List<String> known = new ArrayList<>();
    for (String name : asked.split(",", -1)) {
      if (REQUEST_HEADERS.contains(name.strip().toLowerCase(Locale.ROOT))) {
        known.add(name.strip());
      }
    }
    return String.join(", ", known);
  }
}
