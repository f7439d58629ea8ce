package lunora.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.SecuritySettings;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/**
 * What an app's settings and the variables of its deployment make of the HTTP edge. Made once for a
 * Worker: variables do not change while it lives.
 */
public final class SecurityPolicy {

  private final boolean headers;
  private final CorsPolicy cors;
  private final OriginPolicy origins;
  private final @Nullable String socketBearer;

  /** The headers that most answers have in common, joined: the maps are found again as they are. */
  private @Nullable Map<String, String> lastOwn;

  private @Nullable Map<String, String> lastAbsent;
  private Map<String, String> lastJoined = Map.of();

  private SecurityPolicy(
      boolean headers, CorsPolicy cors, OriginPolicy origins, @Nullable String socketBearer) {
    this.socketBearer = socketBearer;
    this.headers = headers;
    this.cors = cors;
    this.origins = origins;
  }

  /**
   * Refuses settings that contradict each other, before anything is deployed.
   *
   * @throws LunoraException {@code MISCONFIGURED}
   */
  public static void check(SecuritySettings settings) {
    AllowedOrigins readers = AllowedOrigins.of(settings.allowedOrigins());
    if (readers.isEverybody() && settings.credentials()) {
      throw new LunoraException(
          ErrorCode.MISCONFIGURED,
          "CORS for every origin ('*') cannot allow credentials: name the origins");
    }
    if (AllowedOrigins.of(settings.trustedOrigins()).isEverybody()) {
      throw new LunoraException(
          ErrorCode.MISCONFIGURED, "'*' cannot be a trusted origin: name the origins");
    }
  }

  /** The policy of settings that {@link #check} has passed, in this deployment. */
  public static SecurityPolicy of(SecuritySettings settings, WorkerHost host) {
    boolean headers = settings.headers() && !Switches.isOff(host, "LUNORA_SECURITY_HEADERS");
    boolean checked = settings.originCheck() && !Switches.isOff(host, "LUNORA_SECURITY_CSRF");
    String listed = host.variable("LUNORA_ALLOWED_ORIGINS");
    AllowedOrigins named = null;
    AllowedOrigins readers = AllowedOrigins.of(settings.allowedOrigins());
    if (listed != null && !listed.isBlank()) {
      // Also where no entry is an origin: a list with a slip in it must not open what it closes.
      named = AllowedOrigins.of(List.of()).withList(listed);
      readers = readers.withList(listed);
    }
    boolean credentials =
        !readers.isEverybody()
            && (settings.credentials() || Switches.isOn(host, "LUNORA_CORS_ALLOW_CREDENTIALS"));
    AllowedOrigins trusted = AllowedOrigins.of(settings.trustedOrigins());
    return new SecurityPolicy(
        headers,
        new CorsPolicy(readers, credentials),
        new OriginPolicy(checked, trusted, readers, named),
        host.variable("LUNORA_WS_BEARER"));
  }

  /** The whole answer to a preflight that is allowed; null for any other request. */
  public @Nullable HttpResponse preflight(HttpRequest request) {
    HttpResponse.Plain answer = cors.preflight(request);
    if (answer == null || !headers) {
      return answer;
    }
    return answer.with(ProtectiveHeaders.of(answer, request.url()), Map.of());
  }

  /** The refusal of a request that acts with cookies for a foreign page, or null. */
  public @Nullable HttpResponse requestRefusal(HttpRequest request) {
    return origins.requestRefusal(request);
  }

  /** The refusal of a socket for a foreign page, or null. */
  public @Nullable HttpResponse upgradeRefusal(HttpRequest request, boolean token) {
    return origins.upgradeRefusal(request, token);
  }

  /**
   * Whether sockets are open to everybody, or the token is the one that the deployment asks for.
   */
  public boolean opensSocket(@Nullable String token) {
    return socketBearer == null
        || socketBearer.isEmpty()
        || token != null && SecretText.matches(token, socketBearer);
  }

  /** The answer as it leaves: with the headers that it lacks. A 101 stays as it is. */
  public HttpResponse decorated(HttpResponse answer, HttpRequest request) {
    if (answer.status() == 101) {
      return answer;
    }
    Map<String, String> absent = headers ? ProtectiveHeaders.of(answer, request.url()) : Map.of();
    Map<String, String> set = cors.answerHeaders(request, answer);
    if (absent.isEmpty() && set.isEmpty()) {
      return answer;
    }
    if (set.isEmpty() && answer instanceof HttpResponse.Json json) {
      return new HttpResponse.Json(json.status(), joined(absent, json.headers()), json.body());
    }
    return answer.with(absent, set);
  }

  private Map<String, String> joined(Map<String, String> absent, Map<String, String> own) {
    if (own != lastOwn || absent != lastAbsent) {
      Map<String, String> joined = new LinkedHashMap<>(absent);
      joined.putAll(own);
      lastOwn = own;
      lastAbsent = absent;
      lastJoined = joined;
    }
    return lastJoined;
  }
}
