package lunora.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lunora.TestApp;
import lunora.host.inbound.HttpResponse;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls and live queries of one shard, from the request to the frame. */
class ShardActorTest {

  private final FakeShard shard =
      new FakeShard(
          FakeShardHost.inMemory("__root__"),
          (host, background) -> new ShardActor(host, background, TestApp.module()));

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void sentMessagesAreListedNewestFirst() {
    long firstAt = now();
    String first = send("general", "ann", "one");
    shard.host().clock().advance(1000);
    String second = send("general", "bob", "two");
    send("random", "cid", "elsewhere");
    long secondAt = now();
    String list = result(call("messages:list", "{\"channel\":\"general\"}"));
    assertEquals(
        "[" + row(second, secondAt, "bob", "two") + "," + row(first, firstAt, "ann", "one") + "]",
        list);
  }

  @Test
  void aFailedMutationLeavesNothing() {
    result(call("counters:add", "{\"name\":\"a\",\"by\":2}"));
    HttpResponse.Json failed = call("counters:addThenFail", "{\"name\":\"a\",\"by\":5}");
    assertEquals(409, failed.status());
    assertEquals("2", result(call("counters:get", "{\"name\":\"a\"}")));
  }

  @Test
  void argumentsAreValidatedWithTheirPath() {
    HttpResponse.Json refused =
        call("messages:send", "{\"channel\":\"c\",\"author\":\"\",\"body\":\"x\"}");
    assertEquals(400, refused.status());
    assertTrue(refused.body().toString().contains("\"VALIDATION_ERROR\""), refused::toString);
    assertTrue(refused.body().toString().contains("args.author: "), refused::toString);
  }

  @Test
  void aBugIsRedacted() {
    HttpResponse.Json crashed = call("system:crash", "{}");
    assertEquals(500, crashed.status());
    assertEquals(
        "{\"error\":{\"code\":\"RPC_FAILED\",\"message\":\"internal error\"}}",
        crashed.body().toString());
  }

  @Test
  void internalFunctionsDoNotExistForClients() {
    assertEquals(404, call("system:secretInternal", "{}").status());
  }

  @Test
  void pagesContinueWhereTheyEnded() {
    for (int i = 0; i < 5; i++) {
      send("p", "ann", "m" + i);
    }
    String page =
        result(call("messages:page", "{\"channel\":\"p\",\"cursor\":null,\"numItems\":2}"));
    assertTrue(page.contains("m4") && page.contains("m3") && !page.contains("m2"), page);
    String cursor = page.substring(page.indexOf("continueCursor\":") + 16, page.length() - 1);
    String next =
        result(
            call("messages:page", "{\"channel\":\"p\",\"cursor\":" + cursor + ",\"numItems\":3}"));
    assertTrue(
        next.contains("m2") && next.contains("m0") && next.contains("\"isDone\":true"), next);
  }

  @Test
  void aSubscriberGetsTheResultAndThenWhatChanges() {
    // Two rows show a merging client which way the list runs; one would not.
    send("general", "ann", "zero");
    send("general", "ann", "one");
    FakeSocket socket = connect("pageDelta");
    shard.message(socket, subscribe("s1", "general"));
    var seed = socket.drain();
    assertEquals(2, seed.size());
    assertEquals("{\"type\":\"ack\",\"id\":\"s1\"}", seed.get(0));
    assertTrue(seed.get(1).contains("\"type\":\"data\""), seed::toString);
    send("general", "bob", "two");
    var change = socket.drain();
    assertEquals(1, change.size(), change::toString);
    assertTrue(change.get(0).contains("\"op\":\"insert\""), change::toString);
    send("random", "bob", "not for us");
    assertEquals(0, socket.drain().size());
  }

  @Test
  void aWriteThatChangesNothingSettles() {
    String id = send("general", "ann", "one");
    FakeSocket socket = connect("pageDelta");
    shard.message(socket, subscribe("s1", "general"));
    socket.drain();
    result(call("messages:edit", "{\"id\":" + id + ",\"body\":\"one\"}"));
    var frames = socket.drain();
    assertEquals(1, frames.size());
    assertTrue(frames.get(0).contains("\"type\":\"settled\""), frames::toString);
    assertTrue(frames.get(0).contains("\"cursor\":2"), frames::toString);
  }

  @Test
  void subscriptionsOutliveHibernation() {
    FakeSocket socket = connect();
    shard.message(socket, subscribe("s1", "general"));
    shard.message(socket, subscribe("s2", "random"));
    socket.drain();
    shard.hibernate();
    send("general", "bob", "awake");
    var frames = socket.drain();
    assertEquals(1, frames.size(), frames::toString);
    assertTrue(frames.get(0).contains("\"id\":\"s1\""), frames::toString);
    assertTrue(frames.get(0).contains("awake"), frames::toString);
  }

  @Test
  void aClientResumesWhenNothingItReadWasWritten() {
    FakeSocket socket = connect();
    shard.message(socket, subscribe("s1", "general"));
    String data = socket.drain().get(1);
    String epoch = data.substring(data.indexOf("\"epoch\":\"") + 9, data.length() - 2);
    result(call("counters:add", "{\"name\":\"a\",\"by\":1}"));
    String since = ",\"sinceSeq\":0,\"sinceEpoch\":\"" + epoch + "\"";
    FakeSocket again = connect();
    shard.message(again, subscribe("s1", "general", since));
    assertTrue(again.drain().get(1).contains("\"type\":\"resume\""));
    send("general", "bob", "news");
    again.drain();
    FakeSocket third = connect();
    shard.message(third, subscribe("s1", "general", since));
    assertTrue(third.drain().get(1).contains("\"type\":\"data\""));
  }

  @Test
  void aFailingSubscriptionEndsAlone() {
    FakeSocket socket = connect();
    shard.message(socket, subscribe("s1", "general"));
    shard.message(
        socket,
        "{\"type\":\"subscribe\",\"id\":\"bad\",\"query\":{\"functionPath\":\"system:crash\"}}");
    var frames = socket.drain();
    assertTrue(frames.get(3).contains("SUBSCRIPTION_SEED_FAILED"), frames::toString);
    assertFalse(frames.get(3).contains("secret"), frames::toString);
    send("general", "bob", "still here");
    assertEquals(1, socket.drain().size());
  }

  private FakeSocket connect(String... caps) {
    FakeSocket socket =
        shard.connect(
            FakeHttpRequest.get("https://shard.internal/ws").header("upgrade", "websocket"));
    String list = caps.length == 0 ? "" : "\"" + String.join("\",\"", caps) + "\"";
    shard.message(
        socket,
        "{\"type\":\"connect\",\"id\":\"connect\",\"clientId\":\"t\",\"caps\":[" + list + "]}");
    return socket;
  }

  private static String subscribe(String id, String channel) {
    return subscribe(id, channel, "");
  }

  private static String subscribe(String id, String channel, String more) {
    return "{\"type\":\"subscribe\",\"id\":\""
        + id
        + "\",\"query\":{\"functionPath\":\"messages:list\",\"args\":{\"channel\":\""
        + channel
        + "\"}"
        + more
        + "}}";
  }

  private String send(String channel, String author, String body) {
    return result(
        call(
            "messages:send",
            "{\"channel\":\""
                + channel
                + "\",\"author\":\""
                + author
                + "\",\"body\":\""
                + body
                + "\"}"));
  }

  private HttpResponse.Json call(String path, String args) {
    return (HttpResponse.Json)
        shard.fetch(
            FakeHttpRequest.post(
                "https://shard.internal/rpc",
                "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}"));
  }

  private static String result(HttpResponse.Json response) {
    String body = response.body().toString();
    assertEquals(200, response.status(), body);
    return body.substring("{\"result\":".length(), body.length() - 1);
  }

  private static String row(String id, long createdAt, String author, String body) {
    return "{\"_id\":"
        + id
        + ",\"_creationTime\":"
        + createdAt
        + ",\"channel\":\"general\",\"author\":\""
        + author
        + "\",\"body\":\""
        + body
        + "\"}";
  }

  private long now() {
    return shard.host().clock().nowMs();
  }
}
