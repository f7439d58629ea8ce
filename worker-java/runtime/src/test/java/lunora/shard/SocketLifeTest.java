package lunora.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lunora.TestApp;
import lunora.api.AppModule;
import lunora.api.ConnectionEvent;
import lunora.api.MutationContext;
import lunora.host.inbound.HttpResponse;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets that come and go, expire, and whisper to one another. */
class SocketLifeTest {

  private static final Pattern BODY = Pattern.compile("\"body\":\"([^\"]*)\"");
  private static final String CONNECT = "{\"type\":\"connect\",\"id\":\"connect\"";

  private final AppModule app =
      AppModule.create()
          .include(TestApp.module())
          .onConnect("test:broken", (ctx, event) -> noteThenFail(ctx, event))
          .onConnect("test:joined", (ctx, event) -> note(ctx, "joined", event))
          .onDisconnect("test:left", (ctx, event) -> note(ctx, "left", event))
          .onShardInit(
              "test:woke",
              (ctx, event) ->
                  ctx.table(TestApp.MESSAGES)
                      .insert(new TestApp.Message("log", event.shardKey(), "woke")))
          .onWhisper("test:rule", (ctx, event) -> !event.topic().equals("closed"))
          .build();

  private final FakeShard shard =
      new FakeShard(
          FakeShardHost.inMemory("room"),
          (host, background) -> new ShardActor(host, background, app));

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void hooksRunOnceForEachSocket() {
    FakeSocket socket = connect("ann", "");
    shard.message(socket, CONNECT + ",\"context\":{\"roomId\":\"r\"}}");
    shard.message(socket, CONNECT + ",\"context\":{\"roomId\":\"other\"}}");
    shard.hibernate();
    shard.disconnect(socket);
    shard.disconnect(socket);
    assertEquals(List.of("woke", "joined ann r", "woke", "left ann r"), log());
  }

  @Test
  void aSocketThatNeverConnectedIsNotMissed() {
    shard.disconnect(connect("ann", ""));
    assertEquals(List.of("woke"), log());
  }

  @Test
  void aContextThatDoesNotFitIsLeftOut() {
    FakeSocket socket = connect("ann", "");
    shard.message(socket, CONNECT + ",\"context\":{\"roomId\":\"" + "x".repeat(20_000) + "\"}}");
    assertEquals(List.of("woke", "joined ann none"), log());
  }

  @Test
  void anExpiredIdentityIsToldSoAndClosed() {
    long expiresAt = FakeClock.START_MS + 1000;
    FakeSocket talking = connect("ann", Long.toString(expiresAt));
    FakeSocket listening = connect("ann", Long.toString(expiresAt));
    FakeSocket forever = connect("ann", "");
    for (FakeSocket socket : List.of(talking, listening, forever)) {
      shard.message(
          socket,
          "{\"type\":\"subscribe\",\"id\":\"s\",\"query\":{\"functionPath\":\"counters:get\","
              + "\"args\":{\"name\":\"a\"}}}");
      assertEquals(2, socket.drain().size());
    }
    shard.hibernate();
    shard.host().clock().set(expiresAt);
    shard.message(talking, "{\"type\":\"unsubscribe\",\"id\":\"s\"}");
    assertExpired(talking);
    add();
    assertExpired(listening);
    assertEquals(1, forever.drain().size());
    assertTrue(forever.isOpen());
  }

  private static void assertExpired(FakeSocket socket) {
    assertEquals(
        List.of(
            "{\"type\":\"error\",\"code\":\"TOKEN_EXPIRED\","
                + "\"message\":\"authentication token expired\",\"error\":"
                + "{\"code\":\"TOKEN_EXPIRED\",\"message\":\"authentication token expired\"}}"),
        socket.drain());
    assertEquals(4001, socket.closeCode());
    assertEquals("token_expired", socket.closeReason());
  }

  @Test
  void whatSocketsOfADeadProcessHadJoinedIsForgotten() {
    shard.message(connect("ann", ""), topic("whisper_subscribe", "t"));
    shard.restart();
    connect("bob", "");
    assertEquals(0, shard.host().sql().query("SELECT * FROM \"__lunora_whisper\"").size());
  }

  @Test
  void whispersReachTheOthersAsTheyWereWritten() {
    FakeSocket ann = connect("ann", "");
    FakeSocket bob = connect("", "");
    FakeSocket cid = connect("cid", "");
    shard.message(ann, topic("whisper_subscribe", "t"));
    shard.message(bob, topic("whisper_subscribe", "t"));
    shard.message(
        ann,
        "{\"data\" : {\"x\": 1.0 ,\"data\":[\"}\\\"\"]} ,\"type\":\"whisper\",\"topic\":\"t\"}");
    assertEquals(
        List.of(
            "{\"type\":\"whisper\",\"topic\":\"t\",\"data\":{\"x\": 1.0 ,\"data\":[\"}\\\"\"]},"
                + "\"from\":\"ann\"}"),
        bob.drain());
    assertEquals(0, ann.drain().size() + cid.drain().size());
    shard.hibernate();
    shard.message(bob, topic("whisper", "t"));
    assertEquals(List.of("{\"type\":\"whisper\",\"topic\":\"t\",\"data\":null}"), ann.drain());
    shard.message(ann, topic("whisper_unsubscribe", "t"));
    shard.message(bob, topic("whisper", "t"));
    assertEquals(0, ann.drain().size());
  }

  @Test
  void whispersBeyondTheLimitsAreDropped() {
    FakeSocket ann = connect("ann", "");
    FakeSocket bob = connect("bob", "");
    shard.message(bob, topic("whisper_subscribe", "closed"));
    shard.message(bob, topic("whisper_subscribe", "t"));
    shard.message(ann, topic("whisper", "closed"));
    shard.message(ann, whisper("x".repeat(4095)));
    assertEquals(0, bob.drain().size());
    shard.message(ann, whisper("x".repeat(4094)));
    assertEquals(1, bob.drain().size());
    for (int i = 0; i < 60; i++) {
      shard.message(ann, whisper("x"));
    }
    assertEquals(48, bob.drain().size());
    shard.host().clock().advance(80);
    for (int i = 0; i < 10; i++) {
      shard.message(ann, whisper("x"));
    }
    assertEquals(2, bob.drain().size());
    for (int i = 0; i < 70; i++) {
      shard.message(bob, topic("whisper_subscribe", "t" + i));
    }
    assertEquals(
        64, (int) shard.host().sql().query("SELECT count(*) FROM __lunora_whisper").number(0, 0));
    shard.disconnect(bob);
    assertEquals(
        0, (int) shard.host().sql().query("SELECT count(*) FROM __lunora_whisper").number(0, 0));
  }

  private static String whisper(String data) {
    return "{\"type\":\"whisper\",\"topic\":\"t\",\"data\":\"" + data + "\"}";
  }

  private static String topic(String type, String topic) {
    return "{\"type\":\"" + type + "\",\"topic\":\"" + topic + "\"}";
  }

  private FakeSocket connect(String userId, String expiresAtMs) {
    FakeHttpRequest upgrade = FakeHttpRequest.upgrade("https://shard.internal/ws");
    if (!userId.isEmpty()) {
      upgrade.header("x-lunora-userid", userId);
    }
    if (!expiresAtMs.isEmpty()) {
      upgrade.header("x-lunora-identity-exp", expiresAtMs);
    }
    return shard.connect(upgrade);
  }

  private void add() {
    HttpResponse answer =
        shard.fetch(
            FakeHttpRequest.post(
                "https://shard.internal/rpc",
                "{\"functionPath\":\"counters:add\",\"args\":{\"name\":\"a\",\"by\":1}}"));
    assertEquals(200, answer.status());
  }

  private List<String> log() {
    String body =
        ((HttpResponse.Json)
                shard.fetch(
                    FakeHttpRequest.post(
                        "https://shard.internal/rpc",
                        "{\"functionPath\":\"messages:list\",\"args\":{\"channel\":\"log\"}}")))
            .body()
            .toString();
    assertFalse(body.contains("broken"), body);
    List<String> bodies = new ArrayList<>();
    Matcher lines = BODY.matcher(body);
    while (lines.find()) {
      bodies.add(0, lines.group(1));
    }
    return bodies;
  }

  private static void note(MutationContext ctx, String what, ConnectionEvent event) {
    Value.Obj context = event.context();
    String room =
        context != null && context.fields().get("roomId") instanceof Value.Str id
            ? id.value()
            : "none";
    String line = what + " " + event.userId() + " " + room;
    ctx.table(TestApp.MESSAGES).insert(new TestApp.Message("log", event.shardKey(), line));
  }

  private static void noteThenFail(MutationContext ctx, ConnectionEvent event) {
    note(ctx, "broken", event);
    throw new IllegalStateException("this hook always fails");
  }
}
