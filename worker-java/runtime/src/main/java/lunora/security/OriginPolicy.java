package lunora.security;

import lunora.error.ErrorCode;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.rpc.RpcResponses;
import lunora.wire.JsonSink;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may act with the cookies of their visitor (protocol section 14.5): against forged
 * requests (CSRF) and hijacked sockets. Requests without cookies prove who they are by other means
 * and pass.
 */
final class OriginPolicy {

  /** How much of a foreign origin is shown to it again. */
  private static final int SHOWN_LENGTH_MAX = 200;

  private final boolean checked;
  private final AllowedOrigins trusted;
  private final AllowedOrigins readers;
  private final @Nullable AllowedOrigins sockets;

  /**
   * @param checked whether requests with cookies are checked
   * @param trusted the origins that are as good as ours
   * @param readers those that CORS lets in; they are trusted if named
   * @param sockets those that alone may open sockets, besides our own; null for no such rule
   */
  OriginPolicy(
      boolean checked,
      AllowedOrigins trusted,
      AllowedOrigins readers,
      @Nullable AllowedOrigins sockets) {
    this.checked = checked;
    this.trusted = trusted;
    this.readers = readers;
    this.sockets = sockets;
  }

  /** The refusal of a request that a foreign page may have sent; null when it may pass. */
  @Nullable HttpResponse requestRefusal(HttpRequest request) {
    if (!checked || isSafe(request.method()) || request.header("cookie") == null) {
      return null;
    }
    String origin = request.header("origin");
    String from = origin == null ? refererOrigin(request) : origin;
    return from != null && isTrusted(from, request) ? null : refusal(from, request);
  }

  /**
   * The refusal of an upgrade that a foreign page may have asked for; null when it may pass.
   *
   * @param token whether the upgrade brings a token, which no page has by accident
   */
  @Nullable HttpResponse upgradeRefusal(HttpRequest request, boolean token) {
    String origin = request.header("origin");
    boolean listed = sockets != null && origin != null && sockets.contains(origin);
    if (sockets != null && !listed && (origin == null || !isOurs(origin, request))) {
      return refusal(origin, request);
    }
    if (!checked || origin != null && isTrusted(origin, request)) {
      return null;
    }
    // Listed by the star counts here only: that gives no trust with the visitor's cookies.
    boolean harmless = request.header("cookie") == null && (origin == null || token || listed);
    return harmless ? null : refusal(origin, request);
  }

  private static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  private static @Nullable String refererOrigin(HttpRequest request) {
    String referer = request.header("referer");
    return referer == null ? null : Origin.ofUrl(referer).text();
  }

  private boolean isTrusted(String origin, HttpRequest request) {
    return isOurs(origin, request) || trusted.names(origin) || readers.names(origin);
  }

  private static boolean isOurs(String origin, HttpRequest request) {
    Origin own = Origin.ofUrl(request.url());
    return own.text().equals(origin)
        || own.isLoopback() && Origin.parse(origin).map(Origin::isLoopback).orElse(false);
  }

  private static HttpResponse refusal(@Nullable String received, HttpRequest request) {
    JsonSink sink = new JsonWriter().raw("{\"error\":{\"code\":");
    sink.string(ErrorCode.FORBIDDEN_ORIGIN.name()).raw(",\"message\":");
    sink.string("a page of another origin may not do this with the visitor's cookies");
    sink.raw(",\"expectedOrigin\":").string(Origin.ofUrl(request.url()).text());
    if (received != null) {
      int end = Math.min(received.length(), SHOWN_LENGTH_MAX);
      sink.raw(",\"receivedOrigin\":").string(received.substring(0, end));
    }
    return RpcResponses.json(ErrorCode.FORBIDDEN_ORIGIN.status(), sink.raw("}}").finish());
  }
}
