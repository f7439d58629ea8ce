package lunora.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import lunora.error.LunoraException;
import lunora.host.inbound.AlarmEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Life and death of a shard, with an engine that echoes. */
class FakeShardTest {

  private static final String URL = "https://app.example/ws?room=a%20b";

  private final FakeShard shard =
      new FakeShard(FakeShardHost.inMemory("s"), (host, background) -> new Echo(host));

  @AfterEach
  void close() {
    shard.close();
  }

  /** Counts what this instance heard, and answers every frame after the event. */
  private static final class Echo implements ShardHandler {
    private final ShardHost host;
    private int heard;

    Echo(ShardHost host) {
      this.host = host;
      host.sql().execute("CREATE TABLE IF NOT EXISTS frames (frame TEXT)");
    }

    @Override
    public @Nullable PreparedCall prepare(HttpRequest request, String body) {
      return null;
    }

    @Override
    public HttpResponse fetch(HttpRequest request, ActionHost action) {
      return request.header("upgrade") == null
          ? heard(host.shardKey() + request.path() + request.readText(10))
          : action.acceptSocket("t", "attached");
    }

    private static HttpResponse heard(String text) {
      return HttpResponse.json(200, JsonText.of("\"" + text + "\""));
    }

    @Override
    public void alarm(AlarmEvent event, ActionHost action) {
      host.sql().execute("INSERT INTO frames (frame) VALUES (?)", "alarm " + event.retryCount());
      if (event.retryCount() < 2) {
        throw new IllegalStateException("run " + event.retryCount());
      }
    }

    @Override
    public void socketMessage(Socket socket, String frame) {
      heard++;
      host.sql().execute("INSERT INTO frames (frame) VALUES (?)", frame);
      host.deferred().afterResponse(() -> socket.send(JsonText.of(heard + ":" + frame)));
    }

    @Override
    public void socketClosed(Socket socket) {
      host.sql().execute("INSERT INTO frames (frame) VALUES (?)", "closed");
    }
  }

  @Test
  void socketsAndRowsSurviveHibernation() {
    FakeSocket socket = shard.connect(FakeHttpRequest.upgrade(URL));
    shard.message(socket, "one");
    shard.hibernate();
    assertEquals("attached", socket.attachment());
    shard.message(socket, "two");
    assertEquals(List.of("1:one", "1:two"), socket.drain());
    assertEquals(2, shard.wakes());
    assertEquals(2, rows());
  }

  @Test
  void onlyRowsSurviveARestart() {
    FakeSocket socket = shard.connect(FakeHttpRequest.upgrade(URL));
    shard.host().deferred().hold();
    shard.message(socket, "one");
    shard.restart();
    assertEquals(FakeSocket.ABNORMAL_CLOSURE, socket.closeCode());
    assertEquals(0, shard.host().deferred().pending());
    assertFalse(shard.host().sockets().any());
    assertEquals(1, rows());
    assertThrows(IllegalStateException.class, () -> shard.message(socket, "two"));
  }

  @Test
  void aShardWithWorkDoesNotHibernate() {
    shard.host().deferred().hold();
    shard.message(shard.connect(FakeHttpRequest.upgrade(URL)), "one");
    assertThrows(IllegalStateException.class, shard::hibernate);
    shard.host().deferred().run();
    shard.hibernate();
  }

  @Test
  void theEngineHearsOfADisconnect() {
    FakeSocket socket = shard.connect(FakeHttpRequest.upgrade(URL));
    shard.disconnect(socket);
    assertFalse(socket.isOpen());
    assertEquals(1, rows());
  }

  @Test
  void aSocketIsAcceptedOnceAndOnlyForAnUpgrade() {
    FakeShardHost host = shard.host();
    ActionHost plain = new FakeActionHost(FakeHttpRequest.get(URL), host);
    assertThrows(IllegalStateException.class, () -> plain.acceptSocket("t", ""));
    ActionHost upgrade = new FakeActionHost(FakeHttpRequest.upgrade(URL), host);
    assertEquals(101, upgrade.acceptSocket("t", "").status());
    assertThrows(IllegalStateException.class, () -> upgrade.acceptSocket("t", ""));
  }

  @Test
  void anAlarmComesUntilARunSucceeds() {
    FakeClock clock = shard.host().clock();
    shard.host().alarm().set(clock.nowMs() + 10);
    assertFalse(shard.ring());
    clock.advance(10);
    assertTrue(shard.ring());
    assertFalse(shard.ring());
    clock.advance(2_000);
    assertTrue(shard.ring());
    clock.advance(3_999);
    assertFalse(shard.ring());
    clock.advance(1);
    assertTrue(shard.ring());
    assertTrue(shard.host().alarm().scheduledMs().isEmpty());
    assertEquals(3, rows());
    assertEquals(2, shard.host().log().lines(LogSink.Level.ERROR).size());
  }

  @Test
  void anAlarmThatAlwaysFailsIsGivenUp() {
    FakeShard failing =
        new FakeShard(FakeShardHost.inMemory("f"), (host, background) -> new Silent());
    failing.host().alarm().set(0);
    int runs = 0;
    while (failing.ring()) {
      runs++;
      failing.host().clock().advance(64_000);
    }
    assertEquals(7, runs);
    failing.close();
  }

  /** An engine that nobody told about alarms. */
  private static final class Silent implements ShardHandler {

    @Override
    public HttpResponse fetch(HttpRequest request, ActionHost action) {
      return HttpResponse.text(200, "");
    }

    @Override
    public @Nullable PreparedCall prepare(HttpRequest request, String body) {
      return null;
    }

    @Override
    public void socketMessage(Socket socket, String frame) {}

    @Override
    public void socketClosed(Socket socket) {}
  }

  @Test
  void socketsFailAsToldTo() {
    FakeSocket socket = new FakeSockets().accept(List.of("a", "b"), "");
    socket.failSends(1);
    assertFalse(socket.send(JsonText.of("1")));
    assertTrue(socket.send(JsonText.of("2")));
    assertEquals(List.of("2"), socket.drain());
    assertEquals(List.of(), socket.frames());
  }

  @Test
  void tagsAreLimited() {
    FakeSockets sockets = new FakeSockets();
    assertThrows(IllegalArgumentException.class, () -> sockets.accept("x".repeat(257), ""));
    List<String> eleven = List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
    assertThrows(IllegalArgumentException.class, () -> sockets.accept(eleven, ""));
  }

  @Test
  void attachmentsAreMeasuredAsV8WritesThem() {
    assertEquals(16_384, FakeSocket.serializedBytes("a".repeat(16_379)));
    assertEquals(16_384, FakeSocket.serializedBytes("世".repeat(8_189)));
    assertEquals(16_386, FakeSocket.serializedBytes("世".repeat(8_190)));
    assertEquals(4, FakeSocket.serializedBytes(""));
  }

  @Test
  void aNamespaceRoutesByKey() {
    try (LoopbackShardNamespace shards = namespace()) {
      HttpResponse.Json answer = shards.post("k", "/rpc", Map.of(), "body");
      assertEquals("\"k/rpcbody\"", answer.body().toString());
      HttpResponse upgraded = shards.upgrade("k2", FakeHttpRequest.upgrade(URL), Map.of());
      assertInstanceOf(FakeUpgrade.class, upgraded);
      assertTrue(shards.shard("k2").host().sockets().any());
      assertFalse(shards.shard("k").host().sockets().any());
    }
  }

  @Test
  void aShardOutOfReachIsUnavailable() {
    try (LoopbackShardNamespace shards = namespace()) {
      shards.cutOff("k");
      LunoraException refusal =
          assertThrows(LunoraException.class, () -> shards.post("k", "/", Map.of(), ""));
      assertEquals("SHARD_UNAVAILABLE", refusal.code());
      shards.reconnect("k");
      assertEquals(200, shards.post("k", "/", Map.of(), "").status());
    }
  }

  private static LoopbackShardNamespace namespace() {
    return new LoopbackShardNamespace(
        key -> new FakeShard(FakeShardHost.inMemory(key), (host, background) -> new Echo(host)));
  }

  private double rows() {
    return shard.host().sql().query("SELECT count(*) FROM frames").number(0, 0);
  }
}
