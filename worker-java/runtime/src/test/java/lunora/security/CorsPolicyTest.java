package lunora.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import lunora.error.LunoraException;
import lunora.host.edge.SecuritySettings;
import lunora.host.inbound.HttpResponse;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read answers, and the headers of every answer. OWASP ASVS 5.0: 3.4.1 to 3.4.8. */
class CorsPolicyTest {

  private static final SecuritySettings READER =
      SecuritySettings.DEFAULT.withAllowedOrigins(List.of("https://reader.test"));

  private final FakeWorkerHost host =
      new FakeWorkerHost(
          new LoopbackShardNamespace(
              key -> {
                throw new AssertionError("no shard is asked");
              }));

  @Test
  void nobodyIsAllowedUnlessNamed() {
    SecurityPolicy policy = SecurityPolicy.of(SecuritySettings.DEFAULT, host);
    assertNull(policy.preflight(preflight("https://evil.test")));
    Map<String, String> headers = decorated(policy, "https://evil.test");
    assertNull(headers.get("access-control-allow-origin"));
    assertNull(headers.get("vary"));
  }

  @Test
  void aPreflightOfANamedOriginIsAnswered() {
    SecurityPolicy policy = SecurityPolicy.of(READER.withCredentials(), host);
    FakeHttpRequest asked =
        preflight("https://reader.test")
            .header(
                "access-control-request-headers",
                "X-Lunora-Mutation-Id, authorization, x-lunora-base-seq, x-lunora-userid, x-evil");
    HttpResponse.Plain answer =
        (HttpResponse.Plain) Objects.requireNonNull(policy.preflight(asked));
    assertEquals(204, answer.status());
    assertEquals("https://reader.test", answer.headers().get("access-control-allow-origin"));
    assertEquals(
        "DELETE, GET, HEAD, PATCH, POST, PUT",
        answer.headers().get("access-control-allow-methods"));
    assertEquals(
        "X-Lunora-Mutation-Id, authorization, x-lunora-base-seq",
        answer.headers().get("access-control-allow-headers"));
    assertEquals("true", answer.headers().get("access-control-allow-credentials"));
    assertEquals("600", answer.headers().get("access-control-max-age"));
    assertEquals("Origin", answer.headers().get("vary"));
    assertEquals("nosniff", answer.headers().get("x-content-type-options"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.test",
        "http://reader.test",
        "https://reader.test.evil.test",
        "https://reader.test:444",
        "https://READER.test",
        "null",
        ""
      })
  void nobodyElseIs(String origin) {
    SecurityPolicy policy = SecurityPolicy.of(READER, host);
    assertNull(policy.preflight(preflight(origin)));
    Map<String, String> headers = decorated(policy, origin);
    assertNull(headers.get("access-control-allow-origin"));
    assertEquals("Origin", headers.get("vary"));
  }

  @Test
  void anAnswerToANamedOriginSaysWhatItMayRead() {
    Map<String, String> headers = decorated(SecurityPolicy.of(READER, host), "https://reader.test");
    assertEquals("https://reader.test", headers.get("access-control-allow-origin"));
    assertEquals(
        "X-D1-Bookmark, X-Lunora-Edge-Cache, X-Lunora-Shard-Key",
        headers.get("access-control-expose-headers"));
    assertNull(headers.get("access-control-allow-credentials"));
  }

  @Test
  void theStarIsForEverybodyWithoutCredentials() {
    SecuritySettings everybody = SecuritySettings.DEFAULT.withAllowedOrigins(List.of("*"));
    Map<String, String> headers = decorated(SecurityPolicy.of(everybody, host), "https://any.test");
    assertEquals("*", headers.get("access-control-allow-origin"));
    assertNull(headers.get("vary"));
    host.set("LUNORA_CORS_ALLOW_CREDENTIALS", "true");
    headers = decorated(SecurityPolicy.of(everybody, host), "https://any.test");
    assertNull(headers.get("access-control-allow-credentials"));
  }

  @Test
  void theDeploymentNamesMore() {
    host.set("LUNORA_ALLOWED_ORIGINS", "https://one.test, https://two.test:443/ ,nonsense");
    host.set("LUNORA_CORS_ALLOW_CREDENTIALS", "1");
    SecurityPolicy policy = SecurityPolicy.of(READER, host);
    for (String origin : List.of("https://one.test", "https://two.test", "https://reader.test")) {
      Map<String, String> headers = decorated(policy, origin);
      assertEquals(origin, headers.get("access-control-allow-origin"));
      assertEquals("true", headers.get("access-control-allow-credentials"));
    }
  }

  @Test
  void settingsThatContradictEachOtherAreRefusedAtTheStart() {
    for (SecuritySettings wrong :
        List.of(
            SecuritySettings.DEFAULT.withAllowedOrigins(List.of("*")).withCredentials(),
            SecuritySettings.DEFAULT.withAllowedOrigins(List.of("https://app.test/path")),
            SecuritySettings.DEFAULT.withAllowedOrigins(List.of("https://*.test")),
            SecuritySettings.DEFAULT.withAllowedOrigins(List.of("app.test")),
            SecuritySettings.DEFAULT.withTrustedOrigins(List.of("*")))) {
      LunoraException refusal =
          assertThrows(LunoraException.class, () -> SecurityPolicy.check(wrong));
      assertEquals("MISCONFIGURED", refusal.code());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.test/, text/html;charset=utf-8, base-uri 'none'; object-src 'none'; frame-ancestors 'self', true",
    "http://app.test/, text/plain, default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none', false",
  })
  void answersAreProtected(String url, String type, String policy, boolean secure) {
    HttpResponse answer =
        SecurityPolicy.of(SecuritySettings.DEFAULT, host)
            .decorated(
                new HttpResponse.Plain(200, Map.of("content-type", type), ""),
                FakeHttpRequest.get(url));
    Map<String, String> headers = ((HttpResponse.Plain) answer).headers();
    assertEquals(policy, headers.get("content-security-policy"));
    assertEquals("nosniff", headers.get("x-content-type-options"));
    assertEquals("SAMEORIGIN", headers.get("x-frame-options"));
    assertEquals("strict-origin-when-cross-origin", headers.get("referrer-policy"));
    assertEquals("same-origin", headers.get("cross-origin-opener-policy"));
    assertEquals("same-origin", headers.get("cross-origin-resource-policy"));
    assertTrue(String.valueOf(headers.get("permissions-policy")).contains("geolocation=()"));
    assertEquals(secure, headers.containsKey("strict-transport-security"));
  }

  @Test
  void anAnswersOwnHeadersStayAndTheRestCanBeTurnedOff() {
    HttpResponse own = new HttpResponse.Plain(200, Map.of("x-frame-options", "DENY"), "");
    FakeHttpRequest request = FakeHttpRequest.get("https://app.test/");
    HttpResponse.Plain kept =
        (HttpResponse.Plain)
            SecurityPolicy.of(SecuritySettings.DEFAULT, host).decorated(own, request);
    assertEquals("DENY", kept.headers().get("x-frame-options"));
    SecurityPolicy without = SecurityPolicy.of(SecuritySettings.DEFAULT.withoutHeaders(), host);
    assertEquals(own, without.decorated(own, request));
    host.set("LUNORA_SECURITY_HEADERS", " OFF ");
    assertEquals(own, SecurityPolicy.of(SecuritySettings.DEFAULT, host).decorated(own, request));
  }

  private static FakeHttpRequest preflight(String origin) {
    return FakeHttpRequest.of("OPTIONS", "https://app.test/_lunora/rpc")
        .header("origin", origin)
        .header("access-control-request-method", "POST");
  }

  private static Map<String, String> decorated(SecurityPolicy policy, @Nullable String origin) {
    FakeHttpRequest request = FakeHttpRequest.post("https://app.test/_lunora/rpc", "{}");
    if (origin != null) {
      request.header("origin", origin);
    }
    return ((HttpResponse.Json)
            policy.decorated(HttpResponse.json(200, JsonText.of("{}")), request))
        .headers();
  }
}
