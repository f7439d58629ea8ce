package lunora.security;

import lunora.host.inbound.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The credentials that a request brings besides cookies. */
public final class BearerToken {

  private static final String SCHEME = "bearer ";

  private BearerToken() {}

  /** The token in {@code Authorization}, the scheme in any case; null when there is none. */
  public static @Nullable String ofHeader(HttpRequest request) {
    return of(request.header("authorization"));
  }

  /** The token in the value of an {@code Authorization} header; null when there is none. */
  public static @Nullable String of(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : null;
  }

  /** The token of an upgrade: in the header, or where a browser can put it, in the URL. */
  public static @Nullable String ofUpgrade(HttpRequest request) {
    String token = ofHeader(request);
    return token == null ? request.query("token") : token;
  }
}
