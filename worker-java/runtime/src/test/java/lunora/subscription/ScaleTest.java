package lunora.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lunora.TestApp;
import lunora.api.ShardLimits;
import lunora.host.inbound.HttpResponse;
import lunora.shard.ShardActor;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many sockets, slow ones, long results, and how little a waking shard has to load. */
class ScaleTest {

  private static final ShardLimits LIMITS =
      ShardLimits.DEFAULT
          .withSubscriptionsPerSocket(10)
          .withOutboundBytes(2000)
          .withResultUnits(100_000);

  private final FakeShardHost host = FakeShardHost.inMemory("__root__");
  private final FakeShard shard =
      new FakeShard(
          host, (woken, background) -> new ShardActor(woken, background, TestApp.module(), LIMITS));

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void afterWakingOnlyWhatTheFirstWriteAffectsIsLoaded() {
    List<FakeSocket> sockets = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sockets.add(connect());
      for (int j = 0; j < 5; j++) {
        subscribe(sockets.get(i), "s" + j, counter("c" + (5 * i + j) % 500));
      }
    }
    sockets.forEach(FakeSocket::drain);
    shard.hibernate();
    host.deferred().hold();
    host.sql().resetStatements();
    add("c7");
    List<String> answered = List.copyOf(host.sql().statements());
    assertFalse(answered.stream().anyMatch(sql -> sql.contains("__lunora_subscription")));
    assertFalse(answered.stream().anyMatch(sql -> sql.contains("reads")), answered::toString);
    host.deferred().run();
    for (String sql : host.sql().statements()) {
      boolean all = sql.endsWith("FROM \"__lunora_subscription\"") || sql.endsWith("live_query\"");
      assertTrue(!all || sql.contains("max("), sql);
    }
    for (int i = 0; i < sockets.size(); i++) {
      boolean watches = i % 100 == 1;
      assertEquals(watches ? 1 : 0, sockets.get(i).drain().size(), "socket " + i);
    }
  }

  @Test
  void aShardThatStaysAwakeReadsItsRegistryNoMore() {
    FakeSocket socket = connect();
    for (int i = 0; i < 10; i++) {
      subscribe(socket, "s" + i, counter("c" + i));
    }
    shard.hibernate();
    for (int i = 0; i < 300; i++) {
      add("other" + i);
    }
    host.sql().resetStatements();
    add("fresh");
    add("c3");
    List<String> statements = host.sql().statements();
    assertFalse(statements.stream().anyMatch(sql -> sql.contains("live_")), statements::toString);
    assertEquals(10 * 2 + 1, socket.drain().size());
  }

  /** Whatever is loaded and what is not: everybody hears of every write to what they watch. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aRegistryLoadedByPartsIsTheWholeRegistry(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> values = new HashMap<>();
    Map<FakeSocket, Map<String, String>> watched = new LinkedHashMap<>();
    for (int step = 0; step < 400; step++) {
      int kind = random.nextInt(12);
      List<FakeSocket> sockets = List.copyOf(watched.keySet());
      FakeSocket one =
          sockets.isEmpty() || kind == 0 ? connect() : sockets.get(random.nextInt(sockets.size()));
      Map<String, String> own = watched.computeIfAbsent(one, socket -> new HashMap<>());
      String id = "s" + random.nextInt(4);
      String name = "c" + random.nextInt(12);
      if (kind == 1) {
        watched.remove(one);
        shard.disconnect(one);
      } else if (kind == 2) {
        shard.message(one, "{\"type\":\"unsubscribe\",\"id\":\"" + id + "\"}");
        own.remove(id);
        one.drain();
      } else if (kind < 6) {
        subscribe(one, id, counter(name));
        own.put(id, name);
        List<String> frames = one.drain();
        int value = values.getOrDefault(name, 0);
        assertTrue(frames.get(1).contains("\"data\":" + value + ","), frames::toString);
      } else if (kind < 9) {
        shard.hibernate();
      } else {
        add(name);
        int value = values.merge(name, 1, Integer::sum);
        for (Map.Entry<FakeSocket, Map<String, String>> each : watched.entrySet()) {
          List<String> frames = each.getKey().drain();
          long wanted = each.getValue().values().stream().filter(name::equals).count();
          assertEquals(wanted, frames.size(), () -> name + ": " + frames);
          frames.forEach(frame -> assertTrue(frame.contains("\"data\":" + value + ","), frame));
        }
      }
    }
    watched.keySet().forEach(shard::disconnect);
    assertEquals(List.of(0, 0, 0), rows());
  }

  @Test
  void socketsThatDiedWithTheirProcessAreForgotten() {
    for (int i = 0; i < 5; i++) {
      subscribe(connect(), "s", counter("c" + i));
    }
    shard.restart();
    FakeSocket after = connect();
    subscribe(after, "s", counter("new"));
    assertEquals(List.of(1, 1, 1), rows());
    shard.restart();
    add("new");
    assertEquals(List.of(0, 0, 0), rows());
  }

  @Test
  void aSlowSocketIsClosedAndForgottenAndTheOthersGoOn() {
    FakeSocket slow = connect();
    FakeSocket fast = connect();
    for (FakeSocket socket : List.of(slow, fast)) {
      subscribe(socket, "s", list("general"));
      socket.drain();
    }
    slow.stall();
    int sent = 0;
    while (slow.isOpen()) {
      send("general", "x".repeat(200));
      sent++;
      assertEquals(1, fast.drain().size());
      assertTrue(sent < 10, "never closed");
    }
    assertEquals(4008, slow.closeCode());
    assertEquals("slow_consumer", slow.closeReason());
    assertTrue(slow.bufferedBytes() < 2000 + 6 * 300 + 100, () -> slow.bufferedBytes() + " wait");
    assertEquals(List.of(1, 1, 1), rows());
    send("general", "more");
    assertEquals(1, fast.drain().size());
  }

  @Test
  void oneLongFrameIsNoReasonToCloseASlowSocket() {
    for (int i = 0; i < 40; i++) {
      send("general", "x".repeat(200));
    }
    FakeSocket slow = connect();
    slow.stall();
    subscribe(slow, "long", list("general"));
    subscribe(slow, "s", counter("a"));
    for (int i = 0; i < 10; i++) {
      add("a");
    }
    assertTrue(slow.isOpen());
    for (int i = 0; i < 30; i++) {
      add("a");
    }
    assertEquals(4008, slow.closeCode());
  }

  @Test
  void aClientThatAsksAndDoesNotReadIsClosed() {
    FakeSocket slow = connect();
    slow.stall();
    for (int i = 0; i < 200 && slow.isOpen(); i++) {
      subscribe(slow, "s" + i % 5, counter("a"));
    }
    assertEquals(4008, slow.closeCode());
  }

  @Test
  void aResultThatIsTooLongIsRefusedAndEndsTheSubscription() {
    FakeSocket early = connect();
    FakeSocket late = connect();
    subscribe(early, "s", list("general"));
    early.drain();
    for (int i = 0; i < 24; i++) {
      send("general", "x".repeat(4000));
    }
    assertEquals(24, early.drain().size());
    send("general", "x".repeat(4000));
    send("general", "x");
    List<String> frames = early.drain();
    assertEquals(1, frames.size(), () -> frames.size() + " frames");
    String refusal = "\"type\":\"error\",\"id\":\"s\",\"code\":\"PAYLOAD_TOO_LARGE\"";
    assertTrue(frames.get(0).contains(refusal), () -> frames.get(0));
    subscribe(late, "s", list("general"));
    List<String> refused = late.drain();
    assertEquals(2, refused.size());
    assertTrue(refused.get(1).contains("PAYLOAD_TOO_LARGE"), () -> refused.get(1));
    assertEquals(List.of(0, 0, 0), rows());
    assertTrue(early.isOpen() && late.isOpen());
  }

  @Test
  void subscriptionsBeyondTheLimitAreRefused() {
    FakeSocket socket = connect();
    for (int i = 0; i < 10; i++) {
      subscribe(socket, "s" + i, counter("a"));
    }
    socket.drain();
    shard.hibernate();
    subscribe(socket, "over", counter("a"));
    assertTrue(socket.drain().get(0).contains("TOO_MANY_SUBSCRIPTIONS"));
  }

  @Test
  void aLongRunOfDeltasIsSentWhole() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      ids.add(send("general", "x".repeat(300)));
    }
    FakeSocket socket = connect();
    shard.message(socket, "{\"type\":\"connect\",\"id\":\"connect\",\"caps\":[\"pageDelta\"]}");
    subscribe(socket, "s", list("general"));
    socket.drain();
    for (int count : List.of(100, 101)) {
      host.deferred().hold();
      for (String id : ids.subList(0, count)) {
        call("messages:edit", "{\"id\":" + id + ",\"body\":\"" + count + "\"}");
      }
      host.deferred().run();
      List<String> frames = socket.drain();
      assertEquals(count == 100 ? 100 : 1, frames.size());
    }
  }

  private FakeSocket connect() {
    return shard.connect(FakeHttpRequest.upgrade("https://shard.internal/ws"));
  }

  private void subscribe(FakeSocket socket, String id, String query) {
    shard.message(
        socket,
        "{\"type\":\"subscribe\",\"id\":\""
            + id
            + "\",\"query\":{\"functionPath\":"
            + query
            + "}}");
  }

  private static String counter(String name) {
    return "\"counters:get\",\"args\":{\"name\":\"" + name + "\"}";
  }

  private static String list(String channel) {
    return "\"messages:list\",\"args\":{\"limit\":200,\"channel\":\"" + channel + "\"}";
  }

  private void add(String name) {
    call("counters:add", "{\"name\":\"" + name + "\",\"by\":1}");
  }

  private String send(String channel, String body) {
    String args = "{\"channel\":\"" + channel + "\",\"author\":\"a\",\"body\":\"" + body + "\"}";
    String answer = call("messages:send", args);
    return answer.substring("{\"result\":".length(), answer.length() - 1);
  }

  private String call(String path, String args) {
    String body = "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}";
    HttpResponse.Json answer =
        (HttpResponse.Json) shard.fetch(FakeHttpRequest.post("https://shard.internal/rpc", body));
    assertEquals(200, answer.status(), answer.body()::toString);
    return answer.body().toString();
  }

  /** How many live queries, places to find them by, and subscriptions are stored. */
  private List<Integer> rows() {
    List<Integer> counts = new ArrayList<>();
    for (String table : List.of("live_query", "live_read", "subscription")) {
      String count = "SELECT count(*) FROM \"__lunora_" + table + "\"";
      counts.add((int) host.sql().query(count).number(0, 0));
    }
    return counts;
  }
}
