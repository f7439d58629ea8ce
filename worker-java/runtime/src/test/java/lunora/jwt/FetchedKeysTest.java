package lunora.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import lunora.error.LunoraException;
import lunora.host.remote.HttpReply;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeWorkerHost;
import org.junit.jupiter.api.Test;

/** When keys are fetched, and that nobody can make it more often. */
class FetchedKeysTest {

  private static final String URL = "https://us.test/keys";
  private static final String CLAIMS =
      "{\"iss\":\"us\",\"aud\":\"app\",\"sub\":\"ann\",\"exp\":2000000000}";
  private static final Signer FIRST = Signer.of("EdDSA", "first");
  private static final Signer SECOND = Signer.of("EdDSA", "second");
  private static final long LIFE_MS = 600_000;
  private static final long AGAIN_MS = 30_000;

  private final FakeFetcher internet = new FakeFetcher();
  private final FakeWorkerHost host = new FakeWorkerHost(internet);
  private final JwtAuthenticator authenticator =
      JwtAuthenticator.of(JwtSettings.of("us", "app").keysAt(URL).keyTimes(LIFE_MS, AGAIN_MS));

  FetchedKeysTest() {
    host.clock().set(1_800_000_000_000L);
    publish(FIRST);
  }

  @Test
  void keysAreFetchedOnceForTheirLife() {
    for (int i = 0; i < 5; i++) {
      assertKnown(FIRST);
    }
    assertEquals(1, fetches());
    host.clock().advance(LIFE_MS - 1);
    assertKnown(FIRST);
    assertEquals(1, fetches());
    host.clock().advance(1);
    assertKnown(FIRST);
    assertEquals(2, fetches());
  }

  @Test
  void aNewKeyIsAskedForAndMadeUpOnesOnlySoOften() {
    assertKnown(FIRST);
    host.clock().advance(AGAIN_MS);
    publish(SECOND);
    assertKnown(SECOND);
    assertEquals(2, fetches());
    for (int i = 0; i < 100; i++) {
      assertRefused("UNAUTHENTICATED", Signer.of("EdDSA", "made up " + i));
      host.clock().advance(100);
    }
    assertEquals(2, fetches());
    host.clock().advance(AGAIN_MS);
    assertRefused("UNAUTHENTICATED", FIRST);
    assertEquals(3, fetches());
  }

  @Test
  void aKeyThatWasTakenBackIsNoneOnceTheKeysAreOld() {
    assertKnown(FIRST);
    publish(SECOND);
    host.clock().advance(LIFE_MS);
    assertRefused("UNAUTHENTICATED", FIRST);
  }

  @Test
  void theProvidersBadHourIsNotItsUsers() {
    assertKnown(FIRST);
    internet.answer(URL, 500);
    host.clock().advance(LIFE_MS);
    assertKnown(FIRST);
    assertKnown(FIRST);
    assertEquals(2, fetches());
    internet.answer(URL, new HttpReply(200, Map.of(), "<html>"));
    host.clock().advance(AGAIN_MS);
    assertKnown(FIRST);
    assertEquals(3, fetches());
  }

  @Test
  void withoutAnyKeyNobodyIsJudged() {
    internet.answer(URL, 503);
    assertRefused("SERVICE_UNAVAILABLE", FIRST);
    assertRefused("SERVICE_UNAVAILABLE", FIRST);
    assertEquals(1, fetches());
    publish(FIRST);
    host.clock().advance(AGAIN_MS);
    assertKnown(FIRST);
  }

  @Test
  void aTokenWithoutAKeyIdNeedsTheOnlyKey() {
    String header = "{\"alg\":\"EdDSA\"}";
    authenticator.authenticate(bearer(FIRST.token(header, CLAIMS)), host);
    internet.answer(URL, new HttpReply(200, Map.of(), Signer.keySet(FIRST, SECOND)));
    host.clock().advance(LIFE_MS);
    assertThrows(
        LunoraException.class,
        () -> authenticator.authenticate(bearer(FIRST.token(header, CLAIMS)), host));
  }

  private void publish(Signer signer) {
    internet.answer(URL, new HttpReply(200, Map.of(), Signer.keySet(signer)));
  }

  private int fetches() {
    return internet.requested().size();
  }

  private void assertKnown(Signer signer) {
    assertEquals(
        "ann",
        authenticator.authenticate(bearer(signer.token(CLAIMS)), host).orElseThrow().userId());
  }

  private void assertRefused(String code, Signer signer) {
    LunoraException refused =
        assertThrows(
            LunoraException.class,
            () -> authenticator.authenticate(bearer(signer.token(CLAIMS)), host));
    assertEquals(code, refused.code());
  }

  private static FakeHttpRequest bearer(String token) {
    return FakeHttpRequest.get("https://app.test/").header("authorization", "Bearer " + token);
  }
}
