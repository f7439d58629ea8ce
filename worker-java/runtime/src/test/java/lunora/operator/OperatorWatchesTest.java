package lunora.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.TestApp;
import lunora.boot.Worker;
import lunora.security.OperatorMark;
import lunora.testkit.FakeBindings;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import lunora.testkit.LoopbackShardNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators watch on their sockets. */
class OperatorWatchesTest {

  private static final String TOKEN = "an admin token that nobody guesses, ever";
  private static final String REFUSAL =
      "{\"id\":\"a\",\"message\":\"admin subscription requires admin authorization\","
          + "\"type\":\"error\"}";

  private final Worker worker = Worker.of(TestApp.module());
  private final FakeShardHost host = FakeShardHost.inMemory("room");
  private final FakeShard shard = new FakeShard(host, worker::shard);
  private final LoopbackShardNamespace registries =
      new LoopbackShardNamespace(
          key -> new FakeShard(FakeShardHost.inMemory(key), worker::shardRegistry));

  @BeforeEach
  void bind() {
    host.bindings().set("LUNORA_ADMIN_TOKEN", TOKEN);
    host.bindings().bind("SHARD_REGISTRY", registries);
  }

  @AfterEach
  void close() {
    shard.close();
    registries.close();
  }

  private static String mark(String token) {
    return OperatorMark.of(token, new FakeBindings().crypto());
  }

  private FakeSocket operator() {
    return connect(mark(TOKEN));
  }

  private FakeSocket connect(String mark) {
    FakeHttpRequest upgrade = FakeHttpRequest.upgrade("https://shard.internal/ws");
    return shard.connect(upgrade.header("x-lunora-admin", mark));
  }

  private List<String> watch(FakeSocket socket, String operation, String args) {
    String path = "{\"functionPath\":\"__lunora_admin__:" + operation + "\",\"args\":" + args + "}";
    shard.message(socket, "{\"type\":\"subscribe\",\"id\":\"a\",\"query\":" + path + "}");
    return socket.drain();
  }

  private void send(String body) {
    String args = "{\"channel\":\"a\",\"author\":\"ann\",\"body\":\"" + body + "\"}";
    call("messages:send", args);
  }

  private void call(String path, String args) {
    String body = "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}";
    int status = shard.fetch(FakeHttpRequest.post("https://shard.internal/rpc", body)).status();
    assertEquals(200, status, path);
  }

  private void later() {
    host.clock().advance(OperatorWatches.REFRESH_EVERY_MS);
  }

  @Test
  void whatIsWatchedIsSentAtOnceAndAfterWrites() {
    FakeSocket socket = operator();
    List<String> first = watch(socket, "readTablePage", "{\"table\":\"messages\"}");
    assertEquals("{\"type\":\"ack\",\"id\":\"a\"}", first.get(0));
    assertTrue(first.get(1).startsWith("{\"type\":\"data\",\"id\":\"a\",\"data\":{\"rows\":[]"));
    assertTrue(first.get(1).endsWith("\"cursor\":0}"), "no epoch: " + first.get(1));
    send("one");
    String next = socket.drain().get(0);
    assertTrue(next.contains("\"body\":\"one\"") && next.contains("\"epoch\":\""), next);
    later();
    call("counters:add", "{\"name\":\"n\",\"by\":1}");
    assertEquals(List.of(), socket.drain(), "another table");
  }

  @Test
  void manyWritesAreOneFrame() {
    FakeSocket socket = operator();
    watch(socket, "listTables", "{}");
    for (int n = 0; n < 10; n++) {
      send("n" + n);
    }
    assertEquals(1, socket.drain().size());
    later();
    List<String> rest = socket.drain();
    assertEquals(1, rest.size());
    assertTrue(rest.get(0).contains("{\"name\":\"messages\",\"rows\":10"), rest.get(0));
  }

  @Test
  void aResultThatStaysIsSettled() {
    FakeSocket socket = operator();
    watch(socket, "runSql", "{\"sql\":\"SELECT count(*) FROM counters\"}");
    send("one");
    String frame = socket.drain().get(0);
    assertTrue(frame.startsWith("{\"type\":\"settled\",\"id\":\"a\",\"cursor\":1,"), frame);
  }

  @Test
  void itOutlivesHibernationAndEndsWhenItIsToldTo() {
    FakeSocket socket = operator();
    watch(socket, "readTablePage", "{\"table\":\"messages\"}");
    shard.hibernate();
    send("one");
    assertTrue(socket.drain().get(0).contains("\"body\":\"one\""));
    later();
    shard.hibernate();
    shard.message(socket, "{\"type\":\"unsubscribe\",\"id\":\"a\"}");
    assertEquals(List.of("{\"type\":\"ack\",\"id\":\"a\"}"), socket.drain());
    send("two");
    assertEquals(List.of(), socket.drain());
    assertEquals(0, kept());
  }

  @Test
  void itEndsWithItsSocket() {
    FakeSocket socket = operator();
    watch(socket, "listTables", "{}");
    assertEquals(1, kept());
    shard.disconnect(socket);
    assertEquals(0, kept());
    FakeSocket lost = operator();
    watch(lost, "listTables", "{}");
    shard.restart();
    send("one");
    assertEquals(0, kept(), "found to be gone");
  }

  private int kept() {
    return host.sql().query("SELECT 1 FROM \"__lunora_admin_watch\"").size();
  }

  @Test
  void anotherTokenRevokesIt() {
    FakeSocket other = connect(mark("a former admin token, just as long"));
    assertEquals(List.of(REFUSAL), watch(other, "listTables", "{}"));
    FakeSocket socket = operator();
    watch(socket, "listTables", "{}");
    shard.hibernate();
    host.bindings().set("LUNORA_ADMIN_TOKEN", "the next admin token, which is as long");
    send("one");
    String frame = socket.drain().get(0);
    assertTrue(frame.startsWith("{\"type\":\"error\",\"id\":\"a\",\"code\":\"FORBIDDEN\""), frame);
    later();
    send("two");
    assertEquals(List.of(), socket.drain());
    assertEquals(List.of(REFUSAL), watch(socket, "listTables", "{}"));
  }

  @Test
  void aTokenOfTheAppIsNotComparedWithTheVariable() {
    assertEquals(2, watch(connect(OperatorMark.GIVEN), "listTables", "{}").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"writeRow", "clearTable", "cdcSync", "noSuchOp"})
  void onlyWhatReadsCanBeWatched(String operation) {
    List<String> frames = watch(operator(), operation, "{\"table\":\"messages\"}");
    assertEquals(2, frames.size());
    assertTrue(frames.get(1).contains("\"code\":\"UNKNOWN_ADMIN_OP\""), frames.get(1));
  }

  @Test
  void whatIsRefusedIsWatchedNoLonger() {
    FakeSocket socket = operator();
    String refused = watch(socket, "readTablePage", "{\"table\":\"none\"}").get(1);
    assertTrue(refused.contains("\"error\":{\"code\":\"UNKNOWN_TABLE\""), refused);
    send("one");
    assertEquals(List.of(), socket.drain());
  }

  @Test
  void itIsRecordedBeforeItIsGiven() {
    watch(operator(), "runSql", "{\"sql\":\"SELECT 'secret'\"}");
    String select = "SELECT operation, shard_key, actor FROM \"__lunora_admin_audit\"";
    var rows = registries.shard("__lunora_shard_registry__").host().sql().query(select);
    assertEquals("subscribe runSql", rows.text(0, 0));
    assertEquals("room", rows.text(0, 1));
    assertEquals("socket", rows.text(0, 2));
    registries.cutOff("__lunora_shard_registry__");
    List<String> frames = watch(operator(), "listTables", "{}");
    assertEquals(2, frames.size());
    assertTrue(frames.get(1).contains("\"type\":\"error\""), "and not given otherwise: " + frames);
  }
}
