package lunora.oplog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** The log's tail goes; the cursor stays, and clients that come back late get the whole result. */
class RetentionTest {

  private static final long DAY_MS = 86_400_000;

  private final FakeShardHost host = FakeShardHost.inMemory("__root__");
  private final FakeShard shard =
      new FakeShard(
          host,
          (woken, background) ->
              new ShardActor(
                  woken,
                  background,
                  TestApp.module(),
                  ShardLimits.DEFAULT.withLogRows(10).withLogAgeMs(DAY_MS)));

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void moreRowsThanAllowedAreTrimmedAfterTheAnswer() {
    for (int i = 0; i < 25; i++) {
      add();
    }
    assertEquals(25, logged(), "not looked at with every write");
    host.clock().advance(Retention.EVERY_MS);
    host.deferred().hold();
    add();
    assertEquals(26, logged(), "not before the answer");
    host.deferred().run();
    assertEquals(10, logged());
    assertEquals(17, floor());
  }

  @Test
  void aClientOlderThanTheTailGetsTheWholeResult() {
    FakeSocket first = watch("{}");
    String epoch = first.drain().get(1).replaceAll(".*\"epoch\":\"([^\"]*)\".*", "$1");
    for (int i = 0; i < 25; i++) {
      call("messages:send", "{\"channel\":\"c\",\"author\":\"a\",\"body\":\"b\"}");
    }
    host.clock().advance(Retention.EVERY_MS);
    call("messages:send", "{\"channel\":\"c\",\"author\":\"a\",\"body\":\"b\"}");
    assertEquals(17, floor());
    assertEquals("data", resumed(15, epoch), "the write 16 is gone");
    assertEquals("resume", resumed(16, epoch));
    assertEquals("resume", resumed(26, epoch));
    shard.hibernate();
    assertEquals("data", resumed(15, epoch));
    assertEquals("resume", resumed(16, epoch));
  }

  @Test
  void oldWritesGoByAgeAndTheCursorOutlivesThem() {
    for (int i = 0; i < 5; i++) {
      add();
    }
    host.clock().advance(DAY_MS / 2);
    add();
    assertEquals(6, logged());
    host.clock().advance(DAY_MS / 2 + 1);
    add();
    assertEquals(2, logged());
    host.clock().advance(2 * DAY_MS);
    FakeSocket socket = watch("{}");
    socket.drain();
    add();
    assertEquals(1, logged(), "the newest write stays, however old the rest is");
    shard.hibernate();
    host.clock().advance(30 * DAY_MS);
    add();
    assertEquals(9, floor());
    assertTrue(call("counters:add", "{\"name\":\"a\",\"by\":1}").contains("\"result\":10"));
    assertEquals(10, (int) host.sql().query("SELECT max(seq) FROM __lunora_oplog").number(0, 0));
  }

  @Test
  void aLongTailGoesAFewRowsAtATime() {
    add();
    host.sql()
        .execute(
            "INSERT INTO \"__lunora_oplog\" WITH RECURSIVE n(i) AS"
                + " (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 5001)"
                + " SELECT i, 0, 'counters', 'x', 'update', '{}' FROM n");
    shard.hibernate();
    add();
    assertEquals(5002 - Retention.PASS_ROWS, logged());
    add();
    assertEquals(5003 - 2 * Retention.PASS_ROWS, logged());
    add();
    assertEquals(3, logged(), "what is left is young: only the rest of the old ones went");
    add();
    assertEquals(4, logged());
  }

  @Test
  void aClockSetBackDoesNotStopIt() {
    for (int i = 0; i < 15; i++) {
      add();
    }
    host.clock().set(host.clock().nowMs() - DAY_MS);
    add();
    assertEquals(10, logged());
  }

  private String resumed(int cursor, String epoch) {
    FakeSocket socket = watch("{\"sinceSeq\":" + cursor + ",\"sinceEpoch\":\"" + epoch + "\",");
    String frame = socket.drain().get(1);
    shard.disconnect(socket);
    return frame.replaceAll("^\\{\"type\":\"([a-z]*)\".*", "$1");
  }

  /** Watches a counter that nobody writes; {@code since} is the start of the query. */
  private FakeSocket watch(String since) {
    FakeSocket socket = shard.connect(FakeHttpRequest.upgrade("https://shard.internal/ws"));
    String head = since.equals("{}") ? "{" : since;
    shard.message(
        socket,
        "{\"type\":\"subscribe\",\"id\":\"s\",\"query\":"
            + head
            + "\"functionPath\":\"counters:get\",\"args\":{\"name\":\"still\"}}}");
    return socket;
  }

  private void add() {
    call("counters:add", "{\"name\":\"a\",\"by\":1}");
  }

  private String call(String path, String args) {
    String body = "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}";
    HttpResponse.Json answer =
        (HttpResponse.Json) shard.fetch(FakeHttpRequest.post("https://shard.internal/rpc", body));
    assertEquals(200, answer.status(), answer.body()::toString);
    return answer.body().toString();
  }

  private int logged() {
    return (int) host.sql().query("SELECT count(*) FROM __lunora_oplog").number(0, 0);
  }

  private int floor() {
    return (int) host.sql().query("SELECT min(seq) FROM __lunora_oplog").number(0, 0);
  }
}
