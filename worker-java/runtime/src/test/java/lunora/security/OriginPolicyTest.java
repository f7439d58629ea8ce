package lunora.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import lunora.host.edge.SecuritySettings;
import lunora.host.inbound.HttpResponse;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whose pages may act with cookies. OWASP ASVS 5.0: 3.5.1 to 3.5.3 (cross-site requests), 4.4.2
 * (origin of sockets).
 */
class OriginPolicyTest {

  private static final SecuritySettings SETTINGS =
      SecuritySettings.DEFAULT
          .withAllowedOrigins(List.of("https://reader.test"))
          .withTrustedOrigins(List.of("https://trusted.test"));

  private final FakeWorkerHost host =
      new FakeWorkerHost(
          new LoopbackShardNamespace(
              key -> {
                throw new AssertionError("no shard is asked");
              }));

  @ParameterizedTest
  @CsvSource({
    // verb, cookie, origin, referer, passes
    "POST, -, https://evil.test, -, true",
    "GET, a=1, https://evil.test, -, true",
    "HEAD, a=1, https://evil.test, -, true",
    "OPTIONS, a=1, https://evil.test, -, true",
    "POST, a=1, https://app.test, -, true",
    "POST, a=1, https://trusted.test, -, true",
    "POST, a=1, https://reader.test, -, true",
    "POST, a=1, -, https://app.test/page?q=1, true",
    "POST, a=1, -, https://trusted.test/, true",
    "POST, a=1, -, -, false",
    "PUT, a=1, https://evil.test, -, false",
    "DELETE, a=1, https://evil.test, -, false",
    "PATCH, a=1, https://evil.test, -, false",
    "POST, a=1, null, -, false",
    "POST, a=1, http://app.test, -, false",
    "POST, a=1, https://app.test:8443, -, false",
    "POST, a=1, https://app.test.evil.test, -, false",
    "POST, a=1, https://sub.app.test, -, false",
    "POST, a=1, https://app.test@evil.test, -, false",
    "POST, a=1, https://app.test/, -, false",
    "POST, a=1, 'https://app.test, https://evil.test', -, false",
    "POST, a=1, https://evil.test, https://app.test/, false",
    "POST, a=1, -, https://app.test@evil.test/, false",
    "POST, a=1, -, https://app.test.evil.test/, false",
    "POST, a=1, -, about:blank, false",
    "POST, a=1, http://localhost, -, false",
  })
  void requestsWithCookies(
      String verb, String cookie, String origin, String referer, boolean passes) {
    FakeHttpRequest request = FakeHttpRequest.of(verb, "https://app.test/_lunora/rpc");
    add(request, "cookie", cookie);
    add(request, "origin", origin);
    add(request, "referer", referer);
    assertEquals(passes, SecurityPolicy.of(SETTINGS, host).requestRefusal(request) == null);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8787, http://localhost:5173, true",
    "http://127.0.0.1:8787, http://localhost:5173, true",
    "http://localhost:8787, http://[::1]:5173, true",
    "http://localhost:8787, http://localhost.evil.test, false",
    "http://localhost:8787, http://127.0.0.1.evil.test, false",
    "http://localhost:8787, http://localhost:x@evil.test, false",
    "http://localhost:8787, https://evil.test, false",
    "https://app.test, http://localhost:5173, false",
  })
  void aMachineTrustsItself(String own, String origin, boolean passes) {
    FakeHttpRequest request =
        FakeHttpRequest.of("POST", own + "/x").header("cookie", "a=1").header("origin", origin);
    assertEquals(passes, SecurityPolicy.of(SETTINGS, host).requestRefusal(request) == null);
  }

  @ParameterizedTest
  @CsvSource({
    // cookie, origin, token, passes
    "-, -, false, true",
    "-, https://app.test, false, true",
    "-, https://evil.test, false, false",
    "-, https://evil.test, true, true",
    "-, null, false, false",
    "a=1, -, false, false",
    "a=1, -, true, false",
    "a=1, https://evil.test, true, false",
    "a=1, https://app.test, false, true",
    "a=1, https://trusted.test, false, true",
    "a=1, https://reader.test, false, true",
    "a=1, https://app.test.evil.test, false, false",
  })
  void sockets(String cookie, String origin, boolean token, boolean passes) {
    assertEquals(
        passes,
        SecurityPolicy.of(SETTINGS, host).upgradeRefusal(upgrade(cookie, origin), token) == null);
  }

  @ParameterizedTest
  @CsvSource({
    "https://listed.test, https://listed.test, true",
    "https://listed.test, https://app.test, true",
    "https://listed.test, https://evil.test, false",
    "https://listed.test, -, false",
    "'https://a.test , https://listed.test/', https://listed.test, true",
    "*, https://evil.test, true",
    "*, -, false",
    "nonsense, https://evil.test, false",
  })
  void aListOfTheDeploymentRulesSockets(String listed, String origin, boolean passes) {
    host.set("LUNORA_ALLOWED_ORIGINS", listed);
    SecurityPolicy policy = SecurityPolicy.of(SecuritySettings.DEFAULT, host);
    assertEquals(passes, policy.upgradeRefusal(upgrade("-", origin), false) == null);
  }

  @Test
  void theStarGivesNoTrust() {
    SecurityPolicy policy =
        SecurityPolicy.of(SecuritySettings.DEFAULT.withAllowedOrigins(List.of("*")), host);
    FakeHttpRequest request =
        FakeHttpRequest.of("POST", "https://app.test/x")
            .header("cookie", "a=1")
            .header("origin", "https://evil.test");
    assertNotNull(policy.requestRefusal(request));
    assertNotNull(policy.upgradeRefusal(upgrade("a=1", "https://evil.test"), false));
    host.set("LUNORA_ALLOWED_ORIGINS", "*");
    policy = SecurityPolicy.of(SecuritySettings.DEFAULT, host);
    assertNotNull(policy.upgradeRefusal(upgrade("a=1", "https://evil.test"), true));
  }

  @Test
  void theCheckCanBeTurnedOff() {
    FakeHttpRequest request =
        FakeHttpRequest.of("POST", "https://app.test/x")
            .header("cookie", "a=1")
            .header("origin", "https://evil.test");
    assertNull(
        SecurityPolicy.of(SecuritySettings.DEFAULT.withoutOriginCheck(), host)
            .requestRefusal(request));
    host.set("LUNORA_SECURITY_CSRF", "off");
    assertNull(SecurityPolicy.of(SecuritySettings.DEFAULT, host).requestRefusal(request));
  }

  @Test
  void theRefusalSaysWhatWasExpected() {
    FakeHttpRequest request =
        FakeHttpRequest.of("POST", "https://app.test/x")
            .header("cookie", "a=secret")
            .header("origin", "https://\"evil\".test" + "x".repeat(300));
    HttpResponse.Json refusal =
        (HttpResponse.Json)
            Objects.requireNonNull(SecurityPolicy.of(SETTINGS, host).requestRefusal(request));
    assertEquals(403, refusal.status());
    String body = refusal.body().toString();
    assertTrue(body.contains("\"code\":\"FORBIDDEN_ORIGIN\""), body);
    assertTrue(body.contains("\"expectedOrigin\":\"https://app.test\""), body);
    assertTrue(body.contains("\"receivedOrigin\":\"https://\\\"evil\\\".testx"), body);
    assertTrue(body.length() < 500, body);
    assertTrue(!body.contains("secret"), body);
  }

  private static FakeHttpRequest upgrade(String cookie, String origin) {
    FakeHttpRequest request = FakeHttpRequest.upgrade("https://app.test/_lunora/ws");
    add(request, "cookie", cookie);
    add(request, "origin", origin);
    return request;
  }

  private static void add(FakeHttpRequest request, String name, String value) {
    if (!value.equals("-")) {
      request.header(name, value);
    }
  }
}
