package lunora.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import org.junit.jupiter.api.Test;

/** The small fakes. */
class FakeHostTest {

  @Test
  void aRequestIsReadAsThePlatformReadsIt() {
    FakeHttpRequest request =
        FakeHttpRequest.of("GET", "https://h.example/a/b?x=1%202+3&y&x=4&%C3%A9=%zz#?z=1")
            .header("X-One", "1")
            .header("x-one", "2");
    assertEquals("/a/b", request.path());
    assertEquals("1 2 3", request.query("x"));
    assertEquals("", request.query("y"));
    assertEquals("%zz", request.query("é"));
    assertNull(request.query("z"));
    assertEquals("1, 2", request.header("x-one"));
    assertNull(request.header("x-two"));
    assertThrows(IllegalArgumentException.class, () -> request.header("X-One"));
    assertEquals("/", FakeHttpRequest.get("https://h.example?x=/").path());
  }

  @Test
  void aBodyIsReadOnceAndUpToTheCap() {
    FakeHttpRequest request = FakeHttpRequest.post("https://h.example/", "é");
    assertEquals("é", request.readText(2));
    assertThrows(IllegalStateException.class, () -> request.readText(2));
    LunoraException refusal =
        assertThrows(
            LunoraException.class,
            () -> FakeHttpRequest.post("https://h.example/", "é").readText(1));
    assertEquals("PAYLOAD_TOO_LARGE", refusal.code());
  }

  @Test
  void aMalformedBodyIsRepaired() {
    byte[] bytes = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF};
    assertEquals("a\uFFFD", FakeHttpRequest.get("https://h.example/").body(bytes).readText(9));
  }

  @Test
  void theClockMovesOnlyByHand() {
    FakeClock clock = new FakeClock();
    clock.advance(5);
    assertEquals(FakeClock.START_MS + 5, clock.nowMs());
    clock.set(1);
    assertEquals(1, clock.nowMs());
    assertThrows(IllegalArgumentException.class, () -> clock.advance(-1));
  }

  @Test
  void aSeedRepeatsItself() {
    SeededRandom one = new SeededRandom(7);
    SeededRandom two = new SeededRandom(7);
    assertArrayEquals(one.bytes(16), two.bytes(16));
    assertEquals(one.next(), two.next());
    String uuid = one.uuid();
    assertEquals(uuid, two.uuid());
    assertTrue(uuid.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    assertThrows(IllegalArgumentException.class, () -> one.bytes(0));
    assertThrows(IllegalArgumentException.class, () -> one.bytes(65_537));
  }

  @Test
  void deferredTasksRunInOrderWithTheirOwn() {
    FakeDeferred deferred = new FakeDeferred();
    List<Integer> ran = new ArrayList<>();
    deferred.afterResponse(
        () -> {
          ran.add(1);
          deferred.afterResponse(() -> ran.add(3));
        });
    deferred.afterResponse(() -> ran.add(2));
    assertEquals(2, deferred.pending());
    deferred.run();
    assertEquals(List.of(1, 2, 3), ran);
    deferred.runAtOnce();
    deferred.afterResponse(() -> ran.add(4));
    assertEquals(List.of(1, 2, 3, 4), ran);
  }

  @Test
  void onlyNamedUrlsAnswer() {
    FakeFetcher fetcher = new FakeFetcher().answer("https://a.example/", 204);
    assertEquals(204, fetcher.get("https://a.example/").status());
    assertThrows(IllegalStateException.class, () -> fetcher.get("https://b.example/").status());
    assertEquals(2, fetcher.requested().size());
  }

  @Test
  void aWorkerHostHasTheVariablesItIsGiven() {
    try (LoopbackShardNamespace shards =
        new LoopbackShardNamespace(
            key -> {
              throw new AssertionError(key);
            })) {
      FakeWorkerHost host = new FakeWorkerHost(shards).set("SECRET", "s");
      assertEquals("s", host.variable("SECRET"));
      assertNull(host.variable("OTHER"));
      host.log().log(LogSink.Level.WARN, "careful", null);
      assertEquals(1, host.log().lines(LogSink.Level.WARN).size());
      assertEquals(0, host.log().lines(LogSink.Level.ERROR).size());
    }
  }
}
