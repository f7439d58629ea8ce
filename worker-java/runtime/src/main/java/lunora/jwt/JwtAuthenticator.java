package lunora.jwt;

import java.util.Optional;
import lunora.api.Identity;
import lunora.edge.Authenticator;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.remote.SignatureAlgorithm;
import lunora.host.remote.WorkerHost;
import lunora.security.BearerToken;
import lunora.security.SecretText;
import org.jspecify.annotations.Nullable;

/**
 * Knows users by the JSON Web Tokens of an identity provider, such as any that speaks OpenID
 * Connect: {@code Authorization: Bearer <token>}, or {@code ?token=} of a WebSocket, where a
 * browser can set no header. Without a token the sender is anonymous; with a bad one they are
 * refused.
 *
 * <p>Accepted are RS256, ES256 and EdDSA with the provider's keys, and HS256 only where the
 * settings name a secret. {@code exp}, {@code iss}, {@code aud} and {@code sub} are required, a
 * {@code nbf} in the future refused. The token is never logged nor repeated in an error.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best practices</a>
 */
public final class JwtAuthenticator implements Authenticator {

  private static final String HS256 = "HS256";

  private final JwtClaims claims;
  private final @Nullable KeySet ownKeys;
  private final @Nullable FetchedKeys fetchedKeys;
  private final @Nullable SharedSecret secret;

  private JwtAuthenticator(JwtSettings settings) {
    claims = new JwtClaims(settings);
    String keys = settings.keys();
    ownKeys = keys == null ? null : KeySet.read(keys);
    String url = settings.keysUrl();
    fetchedKeys =
        url == null ? null : new FetchedKeys(url, settings.keysLifeMs(), settings.askAgainMs());
    String variable = settings.secretVariable();
    secret = variable == null ? null : new SharedSecret(variable);
  }

  /**
   * A verifier with these settings.
   *
   * @throws IllegalArgumentException when they name no key, or a key set that is none
   */
  public static JwtAuthenticator of(JwtSettings settings) {
    if (settings.keys() == null
        && settings.keysUrl() == null
        && settings.secretVariable() == null) {
      throw new IllegalArgumentException("a verifier of tokens needs keys or a secret");
    }
    return new JwtAuthenticator(settings);
  }

  @Override
  public boolean isAnonymous(HttpRequest request) {
    return token(request) == null;
  }

  /**
   * The user that the request's token names, empty without a token. May suspend.
   *
   * @throws LunoraException {@code UNAUTHENTICATED} for a token that is not good, {@code
   *     TOKEN_EXPIRED} for one that was, {@code SERVICE_UNAVAILABLE} while the provider's keys
   *     cannot be had
   */
  @Override
  public Optional<Identity> authenticate(HttpRequest request, WorkerHost host) {
    String text = token(request);
    if (text == null || isDeploymentToken(text, request, host)) {
      return Optional.empty();
    }
    Jwt token = Jwt.parse(text);
    boolean genuine = isGenuine(token, host);
    if (!genuine) {
      throw Jwt.invalid();
    }
    return Optional.of(claims.check(token, host.clock().nowMs()));
  }

  private static @Nullable String token(HttpRequest request) {
    String header = request.header("authorization");
    if (header != null && header.strip().equalsIgnoreCase("bearer")) {
      return ""; // A token that is missing is not the same as none: the client meant to send one.
    }
    String token = BearerToken.of(header);
    if (token != null || !isUpgrade(request)) {
      return token;
    }
    String inUrl = request.query("token");
    return inUrl == null || inUrl.isEmpty() ? null : inUrl;
  }

  private static boolean isUpgrade(HttpRequest request) {
    return request.method().equals("GET")
        && "websocket".equalsIgnoreCase(request.header("upgrade"));
  }

  /** Where all sockets of a deployment bring one and the same token, it is no user's. */
  private static boolean isDeploymentToken(String token, HttpRequest request, WorkerHost host) {
    String bearer = isUpgrade(request) ? host.variable("LUNORA_WS_BEARER") : null;
    return bearer != null && !bearer.isEmpty() && SecretText.matches(token, bearer);
  }

  /** Which kind of key is asked depends on the settings; a token cannot choose another. */
  private boolean isGenuine(Jwt token, WorkerHost host) {
    if (token.algorithm().equals(HS256)) {
      SharedSecret asked = secret;
      if (asked == null) {
        return false;
      }
      return asked.verify(token.signature(), token.signed(), host);
    }
    SignatureAlgorithm algorithm = algorithm(token.algorithm());
    PublishedKey key = algorithm == null ? null : ownKey(algorithm, token);
    if (algorithm != null && key == null && fetchedKeys != null) {
      key = fetchedKeys.find(algorithm, token.keyId(), host);
    }
    if (algorithm == null || key == null) {
      return false;
    }
    return key.verify(algorithm, token.signature(), token.signed(), host.crypto());
  }

  private @Nullable PublishedKey ownKey(SignatureAlgorithm algorithm, Jwt token) {
    return ownKeys == null ? null : ownKeys.find(algorithm, token.keyId());
  }

  private static @Nullable SignatureAlgorithm algorithm(String code) {
    for (SignatureAlgorithm each : SignatureAlgorithm.values()) {
      if (each.code().equals(code)) {
        return each;
      }
    }
    return null;
  }
}
