package lunora.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lunora.api.AppModule;
import lunora.host.inbound.HttpResponse;
import lunora.shard.ShardActor;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.Test;

/** Who is listed as present, and until when. */
class PresenceTest {

  @Test
  void sessionsAreListedNewestFirstAndUsersOnce() {
    try (FakeShard shard = shard(PresenceSettings.DEFAULT)) {
      beat(shard, "s1", "ann", ",\"data\":{\"at\":1}");
      shard.host().clock().advance(10);
      beat(shard, "s2", "", "");
      shard.host().clock().advance(10);
      beat(shard, "s3", "ann", "");
      long start = FakeClock.START_MS;
      assertEquals(
          "[{\"roomId\":\"r\",\"lastSeen\":"
              + (start + 20)
              + ",\"userId\":\"ann\"},"
              + "{\"roomId\":\"r\",\"lastSeen\":"
              + (start + 10)
              + "}]",
          list(shard));
      shard.host().clock().set(start + 30_010);
      assertEquals(
          "[{\"roomId\":\"r\",\"lastSeen\":" + (start + 20) + ",\"userId\":\"ann\"}]", list(shard));
    }
  }

  @Test
  void aSessionBelongsToItsUserAndItsDataIsBounded() {
    try (FakeShard shard = shard(PresenceSettings.DEFAULT)) {
      beat(shard, "s1", "ann", "");
      assertEquals(403, call(shard, "presence:heartbeat", session("s1", ""), "bob").status());
      assertEquals(403, call(shard, "presence:heartbeat", session("s1", ""), "").status());
      String fits = ",\"data\":\"" + "x".repeat(4094) + "\"";
      beat(shard, "s1", "ann", fits);
      String large = ",\"data\":\"" + "x".repeat(4095) + "\"";
      assertEquals(400, call(shard, "presence:heartbeat", session("s1", large), "ann").status());
    }
  }

  @Test
  void heartbeatsDeleteWhatIsLongGone() {
    try (FakeShard shard = shard(PresenceSettings.DEFAULT)) {
      beat(shard, "s1", "", "");
      shard.host().clock().advance(59_999);
      beat(shard, "s2", "", "");
      assertEquals(2, rows(shard));
      shard.host().clock().advance(1);
      beat(shard, "s2", "", "");
      assertEquals(1, rows(shard));
    }
  }

  @Test
  void aClosedSocketTakesItsSessionOut() {
    try (FakeShard shard = shard(PresenceSettings.DEFAULT)) {
      beat(shard, "s1", "ann", "");
      beat(shard, "s2", "ann", "");
      shard.disconnect(connect(shard, "s1", "ann"));
      shard.disconnect(connect(shard, "s2", "bob"));
      assertEquals(1, rows(shard));
    }
  }

  @Test
  void withGraceItStaysForAWhile() {
    try (FakeShard shard = shard(new PresenceSettings(30_000, 5_000, 512))) {
      beat(shard, "s1", "ann", "");
      shard.disconnect(connect(shard, "s1", "ann"));
      shard.host().clock().advance(4_999);
      assertTrue(list(shard).contains("ann"));
      shard.host().clock().advance(1);
      assertEquals("[]", list(shard));
    }
  }

  @Test
  void onlyTheSystemSweeps() {
    try (FakeShard shard = shard(PresenceSettings.DEFAULT)) {
      beat(shard, "s1", "", "");
      shard.host().clock().advance(60_000);
      assertEquals(404, call(shard, "presence:sweep", "{}", "").status());
      FakeHttpRequest sweep =
          FakeHttpRequest.post(
                  "https://shard.internal/rpc", "{\"functionPath\":\"presence:sweep\"}")
              .header("x-lunora-system", "1");
      assertEquals(
          "{\"result\":{\"deleted\":1}}",
          ((HttpResponse.Json) shard.fetch(sweep)).body().toString());
    }
  }

  private static FakeShard shard(PresenceSettings settings) {
    AppModule app = AppModule.create().include(Presence.module(settings)).build();
    return new FakeShard(
        FakeShardHost.inMemory("__root__"),
        (host, background) -> new ShardActor(host, background, app));
  }

  private static FakeSocket connect(FakeShard shard, String sessionId, String userId) {
    FakeSocket socket =
        shard.connect(
            FakeHttpRequest.upgrade("https://shard.internal/ws").header("x-lunora-userid", userId));
    shard.message(
        socket,
        "{\"type\":\"connect\",\"id\":\"connect\",\"context\":" + session(sessionId, "") + "}");
    return socket;
  }

  private static void beat(FakeShard shard, String sessionId, String userId, String more) {
    HttpResponse.Json answer = call(shard, "presence:heartbeat", session(sessionId, more), userId);
    assertEquals(
        "{\"result\":{\"lastSeen\":" + shard.host().clock().nowMs() + "}}",
        answer.body().toString());
  }

  private static String session(String sessionId, String more) {
    return "{\"roomId\":\"r\",\"sessionId\":\"" + sessionId + "\"" + more + "}";
  }

  private static String list(FakeShard shard) {
    String body = call(shard, "presence:listPresent", "{\"roomId\":\"r\"}", "").body().toString();
    return body.substring("{\"result\":".length(), body.length() - 1);
  }

  private static int rows(FakeShard shard) {
    return (int) shard.host().sql().query("SELECT count(*) FROM presence_present").number(0, 0);
  }

  private static HttpResponse.Json call(FakeShard shard, String path, String args, String userId) {
    FakeHttpRequest request =
        FakeHttpRequest.post(
            "https://shard.internal/rpc",
            "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}");
    if (!userId.isEmpty()) {
      request.header("x-lunora-userid", userId);
    }
    return (HttpResponse.Json) shard.fetch(request);
  }
}
