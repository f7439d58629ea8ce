package lunora.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import lunora.api.Identity;
import lunora.error.LunoraException;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeWorkerHost;
import lunora.wire.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which tokens name a user. RFC 8725; OWASP ASVS 5.0: 9.1.1 to 9.1.3 (signature, algorithms, keys
 * of trusted sources), 9.2.1 to 9.2.3 (validity, purpose, audience).
 */
class JwtAuthenticatorTest {

  private static final String SECRET = "a secret of at least thirty-two bytes";
  private static final long NOW_MS = 1_800_000_000_000L;
  private static final String GOOD =
      "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1800000060,\"role\":\"admin\"}";

  private static final Signer RSA = Signer.of("RS256", "rsa");
  private static final Signer EC = Signer.of("ES256", "ec");
  private static final Signer ED = Signer.of("EdDSA", "ed");

  private final FakeWorkerHost host =
      new FakeWorkerHost(new FakeFetcher()).set("JWT_SECRET", SECRET);
  private final JwtSettings settings = JwtSettings.of("us", "app").leeway(5000);
  private final JwtAuthenticator publicKeys =
      JwtAuthenticator.of(settings.keys(Signer.keySet(RSA, EC, ED)));
  private final JwtAuthenticator shared = JwtAuthenticator.of(settings.hs256("JWT_SECRET"));

  JwtAuthenticatorTest() {
    host.clock().set(NOW_MS);
  }

  @Test
  void everyAlgorithmNamesItsUser() {
    for (Signer signer : new Signer[] {RSA, EC, ED}) {
      Identity ann = user(publicKeys, signer.token(GOOD)).orElseThrow();
      assertEquals("ann", ann.userId());
      assertEquals(new Value.Str("admin"), ann.claims().fields().get("role"));
      assertEquals(1_800_000_060_000L, ann.expiresAtMs());
    }
    assertEquals("ann", user(shared, hs256(GOOD)).orElseThrow().userId());
  }

  @Test
  void withoutATokenNobodyIsKnownAndNothingIsWaitedFor() {
    FakeHttpRequest plain = FakeHttpRequest.get("https://app.test/?token=" + hs256(GOOD));
    assertTrue(shared.isAnonymous(plain));
    assertEquals(Optional.empty(), shared.authenticate(plain, host));
    assertFalse(shared.isAnonymous(bearer("x")));
  }

  @Test
  void aSocketsTokenMayBeInItsUrl() {
    FakeHttpRequest upgrade =
        FakeHttpRequest.get("https://app.test/_lunora/ws?token=" + hs256(GOOD))
            .header("upgrade", "websocket");
    assertEquals("ann", shared.authenticate(upgrade, host).orElseThrow().userId());
    assertEquals(
        "UNAUTHENTICATED",
        assertThrows(
                LunoraException.class,
                () -> shared.authenticate(upgrade.header("authorization", "Bearer bad"), host))
            .code());
  }

  @Test
  void theOneTokenOfAllSocketsIsNoUsers() {
    host.set("LUNORA_WS_BEARER", "of everybody");
    FakeHttpRequest upgrade =
        FakeHttpRequest.get("https://app.test/_lunora/ws?token=of%20everybody")
            .header("upgrade", "websocket");
    assertEquals(Optional.empty(), shared.authenticate(upgrade, host));
    assertRefused("UNAUTHENTICATED", shared, "of everybody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\"}",
        "{\"alg\":\"None\"}",
        "{\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\",\"kid\":\"rsa\"}",
        "{\"alg\":\"RS384\",\"kid\":\"rsa\"}",
        "{\"alg\":\"rs256\",\"kid\":\"rsa\"}",
        "{\"alg\":\"ES256\",\"kid\":\"rsa\"}",
        "{\"alg\":\"RS256\",\"kid\":\"ec\"}",
        "{\"alg\":\"RS256\",\"kid\":\"../../rsa\"}",
        "{\"alg\":\"RS256\",\"kid\":\"rsa' OR '1'='1\"}",
        "{\"alg\":\"RS256\",\"kid\":\"\"}",
        "{\"alg\":\"RS256\",\"kid\":[\"rsa\"]}",
        "{\"alg\":\"RS256\",\"kid\":null}",
        "{\"alg\":[\"RS256\"],\"kid\":\"rsa\"}",
        "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"exp\"]}",
        "{\"kid\":\"rsa\"}",
        "{}",
        "[]",
        "null",
        "{",
      })
  void aHeaderChoosesNeitherAlgorithmNorKey(String header) {
    assertRefused("UNAUTHENTICATED", publicKeys, RSA.token(header, GOOD));
  }

  @Test
  void aKeyThatTheTokenBringsIsNotLookedAt() {
    Signer forger = Signer.of("EdDSA", "ed");
    String header =
        "{\"alg\":\"EdDSA\",\"kid\":\"ed\",\"jku\":\"https://evil.test/keys\",\"jwk\":"
            + forger.jwk()
            + "}";
    assertRefused("UNAUTHENTICATED", publicKeys, forger.token(header, GOOD));
    assertEquals(0, host.fetcher().requested().size());
  }

  @Test
  void aPublicKeyIsNoSecret() {
    byte[] published = RSA.jwk().getBytes(StandardCharsets.UTF_8);
    String token = Signer.hmacToken("{\"alg\":\"HS256\",\"kid\":\"rsa\"}", GOOD, published);
    assertRefused("UNAUTHENTICATED", publicKeys, token);
    assertRefused("UNAUTHENTICATED", shared, token);
  }

  @Test
  void asymmetricTokensNeedAsymmetricKeys() {
    assertRefused("UNAUTHENTICATED", shared, RSA.token(GOOD));
  }

  @Test
  void whatWasSignedIsWhatIsRead() {
    String[] parts = RSA.token(GOOD).split("\\.");
    String other = Signer.encode(GOOD.replace("ann", "bob"));
    assertRefused("UNAUTHENTICATED", publicKeys, parts[0] + "." + other + "." + parts[2]);
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    signature[7] ^= 1;
    String flipped = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    assertRefused("UNAUTHENTICATED", publicKeys, parts[0] + "." + parts[1] + "." + flipped);
    assertRefused("UNAUTHENTICATED", publicKeys, parts[0] + "." + parts[1] + ".");
    assertRefused("UNAUTHENTICATED", publicKeys, parts[0] + "." + parts[1]);
    assertRefused("UNAUTHENTICATED", publicKeys, RSA.token(GOOD) + ".x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1800000060}",
        "{\"iss\":\"US\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1800000060}",
        "{\"iss\":[\"us\"],\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1800000060}",
        "{\"iss\":\"us\",\"sub\":\"ann\",\"exp\":1800000060}",
        "{\"iss\":\"us\",\"aud\":\"app2\",\"sub\":\"ann\",\"exp\":1800000060}",
        "{\"iss\":\"us\",\"aud\":[],\"sub\":\"ann\",\"exp\":1800000060}",
        "{\"iss\":\"us\",\"aud\":[\"other\",[\"app\"]],\"sub\":\"ann\",\"exp\":1800000060}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"exp\":1800000060}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"\",\"exp\":1800000060}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":7,\"exp\":1800000060}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\"}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":\"1800000060\"}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":null}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1e999}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1e300}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":0}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1800000060,\"nbf\":1800000006}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1800000060,\"nbf\":\"0\"}",
        "[]",
        "not JSON",
      })
  void claimsForSomebodyElseAreNotForUs(String claims) {
    assertRefused("UNAUTHENTICATED", publicKeys, RSA.token(claims));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"iss\":\"us\",\"aud\":[\"other\",\"app\"],\"sub\":\"ann\",\"exp\":1800000060}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1800000060.5}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1800000060,\"nbf\":1800000005}",
        "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":1799999996}",
      })
  void whatIsAllowedIsAllowed(String claims) {
    assertTrue(user(publicKeys, ED.token(claims)).isPresent());
  }

  @Test
  void leewayIsForCallsAndAnIdentityEndsWithItsToken() {
    String claims = GOOD.replace("1800000060", "1799999998");
    Identity ann = user(shared, hs256(claims)).orElseThrow();
    assertEquals(1_799_999_998_000L, ann.expiresAtMs());
    assertRefused("TOKEN_EXPIRED", shared, hs256(GOOD.replace("1800000060", "1799999995")));
  }

  @Test
  void claimsCannotMoveTheEnd() {
    String claims = GOOD.replace("}", ",\"expiresAtMs\":99999999999999}");
    assertEquals(1_800_000_060_000L, user(shared, hs256(claims)).orElseThrow().expiresAtMs());
  }

  @Test
  void hugeAndDeepTokensAreRefused() {
    String huge = GOOD.replace("}", ",\"x\":\"" + "x".repeat(Jwt.LENGTH_MAX) + "\"}");
    assertRefused("UNAUTHENTICATED", shared, hs256(huge));
    String deep = GOOD.replace("}", ",\"x\":" + "[".repeat(200) + "]".repeat(200) + "}");
    assertRefused("UNAUTHENTICATED", shared, hs256(deep));
    String deeper = GOOD.replace("}", ",\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "}");
    assertRefused("UNAUTHENTICATED", shared, hs256(deeper));
    assertRefused("UNAUTHENTICATED", shared, ".".repeat(8000));
    assertRefused("UNAUTHENTICATED", shared, "");
    assertRefused("UNAUTHENTICATED", shared, "\u00e4.\u00e4.\u00e4");
  }

  @ParameterizedTest
  @CsvSource({"too short", "''"})
  void aWeakSecretIsASlipOfTheDeployment(String secret) {
    host.set("JWT_SECRET", secret);
    assertRefused("MISCONFIGURED", shared, hs256(GOOD));
  }

  @Test
  void aTokenIsNeverRepeated() {
    String token = hs256(GOOD.replace("\"aud\":\"app\"", "\"aud\":\"evil\""));
    LunoraException refused = assertThrows(LunoraException.class, () -> user(shared, token));
    assertEquals("the token is not valid", refused.getMessage());
    assertEquals(0, host.log().lines().size());
  }

  @Test
  void settingsSayWhoseTokensTheyAre() {
    assertThrows(IllegalArgumentException.class, () -> JwtSettings.of("", "app"));
    assertThrows(IllegalArgumentException.class, () -> JwtSettings.of("us", " "));
    assertThrows(IllegalArgumentException.class, () -> settings.keysAt("http://us.test/keys"));
    assertThrows(IllegalArgumentException.class, () -> settings.leeway(-1));
    assertThrows(IllegalArgumentException.class, () -> settings.leeway(3_600_000));
    assertThrows(IllegalArgumentException.class, () -> JwtAuthenticator.of(settings));
    assertThrows(
        IllegalArgumentException.class, () -> JwtAuthenticator.of(settings.keys("{\"keys\":1}")));
  }

  private static String hs256(String claims) {
    return Signer.hmacToken(
        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, SECRET.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Identity> user(JwtAuthenticator authenticator, String token) {
    return authenticator.authenticate(bearer(token), host);
  }

  private void assertRefused(String code, JwtAuthenticator authenticator, String token) {
    LunoraException refused =
        assertThrows(LunoraException.class, () -> user(authenticator, token), token);
    assertEquals(code, refused.code());
  }

  private static FakeHttpRequest bearer(String token) {
    return FakeHttpRequest.get("https://app.test/").header("authorization", "Bearer " + token);
  }
}
