package lunora.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  private static final Set<String> OFF = Set.of("off", "false", "0", "no", "disabled");
  private static final Set<String> ON = Set.of("on", "true", "1", "yes", "enabled");

  private final boolean headers;
  private final CorsPolicy cors;
  private final OriginPolicy origins;

  private SecurityPolicy(boolean headers, CorsPolicy cors, OriginPolicy origins) {
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
    boolean headers = settings.headers() && !is(host, "LUNORA_SECURITY_HEADERS", OFF);
    boolean checked = settings.originCheck() && !is(host, "LUNORA_SECURITY_CSRF", OFF);
    String listed = host.variable("LUNORA_ALLOWED_ORIGINS");
    AllowedOrigins named = AllowedOrigins.of(List.of());
    AllowedOrigins readers = AllowedOrigins.of(settings.allowedOrigins());
    if (listed != null) {
      named = named.withList(listed);
      readers = readers.withList(listed);
    }
    boolean credentials =
        !readers.isEverybody()
            && (settings.credentials() || is(host, "LUNORA_CORS_ALLOW_CREDENTIALS", ON));
    AllowedOrigins trusted = AllowedOrigins.of(settings.trustedOrigins());
    return new SecurityPolicy(
        headers,
        new CorsPolicy(readers, credentials),
        new OriginPolicy(checked, trusted, readers, named));
  }

  private static boolean is(WorkerHost host, String name, Set<String> words) {
    String value = host.variable(name);
    return value != null && words.contains(value.strip().toLowerCase(Locale.ROOT));
  }

  /** The whole answer to a preflight that is allowed; null for any other request. */
  public @Nullable HttpResponse preflight(HttpRequest request) {
    HttpResponse.Plain answer = cors.preflight(request);
    if (answer == null || !headers) {
      return answer;
    }
    Map<String, String> absent = ProtectiveHeaders.of(answer, request.url());
    return new HttpResponse.Plain(
        answer.status(), merged(absent, answer.headers(), Map.of()), answer.body());
  }

  /** The refusal of a request that acts with cookies for a foreign page, or null. */
  public @Nullable HttpResponse requestRefusal(HttpRequest request) {
    return origins.requestRefusal(request);
  }

  /** The refusal of a socket for a foreign page, or null. */
  public @Nullable HttpResponse upgradeRefusal(HttpRequest request, boolean token) {
    return origins.upgradeRefusal(request, token);
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
    if (answer instanceof HttpResponse.Foreign foreign) {
      return foreign.with(absent, set);
    }
    if (answer instanceof HttpResponse.Json json) {
      return new HttpResponse.Json(json.status(), merged(absent, json.headers(), set), json.body());
    }
    HttpResponse.Plain plain = (HttpResponse.Plain) answer;
    return new HttpResponse.Plain(
        plain.status(), merged(absent, plain.headers(), set), plain.body());
  }

  private static Map<String, String> merged(
      Map<String, String> absent, Map<String, String> own, Map<String, String> set) {
    Map<String, String> all = new LinkedHashMap<>(absent);
    all.putAll(own);
    all.putAll(set);
    return all;
  }
}
