package lunora.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.TestApp;
import lunora.host.inbound.HttpResponse;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mutations that are sent twice, and mutations that are numbered. */
class ReplayTest {

  private static final String ADD = "{\"functionPath\":\"counters:add\",";
  private static final String PUSH = "{\"functionPath\":\"counters:push\",";
  private static final String ONE = "\"args\":{\"name\":\"a\",\"by\":1}}";

  private final FakeShard shard =
      new FakeShard(
          FakeShardHost.inMemory("__root__"),
          (host, background) -> new ShardActor(host, background, TestApp.module()));

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void aRepeatedIdIsAnsweredWithoutRunning() {
    assertEquals("{\"result\":1,\"commitCursor\":1}", body(add("m1", "c1")));
    assertEquals("{\"result\":2,\"commitCursor\":2}", body(add("m2", "c1")));
    assertEquals("{\"result\":1,\"commitCursor\":2}", body(add("m1", "c1")));
    shard.hibernate();
    assertEquals("{\"result\":1,\"commitCursor\":2}", body(add("m1", "c1")));
    assertEquals("{\"result\":3}", body(send(request(ADD + ONE))));
  }

  @Test
  void idsBelongToTheirSender() {
    body(add("m", "c1"));
    assertEquals("{\"result\":2,\"commitCursor\":2}", body(add("m", "c2")));
    FakeHttpRequest byUser = request(ADD + ONE).header("x-lunora-mutation-id", "m");
    assertEquals(
        "{\"result\":3,\"commitCursor\":3}", body(send(byUser.header("x-lunora-userid", "u"))));
    FakeHttpRequest again = request(ADD + ONE).header("x-lunora-mutation-id", "m");
    assertEquals(
        "{\"result\":3,\"commitCursor\":3}",
        body(send(again.header("x-lunora-userid", "u").header("x-lunora-client-id", "other"))));
  }

  @Test
  void anActionIsAnsweredWhatAMutationWasWithTheSameId() {
    body(add("m1", "c1"));
    FakeHttpRequest action =
        request("{\"functionPath\":\"system:fetchStatus\",\"args\":{}}")
            .header("x-lunora-mutation-id", "m1")
            .header("x-lunora-client-id", "c1");
    assertEquals("{\"result\":1,\"commitCursor\":1}", body(send(action)));
  }

  @Test
  void anUnknownSenderIsNotRemembered() {
    for (int i = 1; i <= 2; i++) {
      FakeHttpRequest anonymous = request(ADD + ONE).header("x-lunora-mutation-id", "m");
      assertEquals("{\"result\":" + i + ",\"commitCursor\":" + i + "}", body(send(anonymous)));
    }
  }

  @Test
  void errorsAreNotRemembered() {
    String failing = "{\"functionPath\":\"counters:addThenFail\"," + ONE;
    HttpResponse.Json failed =
        send(
            request(failing).header("x-lunora-mutation-id", "m").header("x-lunora-client-id", "c"));
    assertEquals(409, failed.status());
    assertEquals("{\"result\":1,\"commitCursor\":1}", body(add("m", "c")));
  }

  @Test
  void answersAreKeptForADay() {
    body(add("m1", "c"));
    shard.host().clock().advance(86_399_999);
    assertEquals("{\"result\":1,\"commitCursor\":1}", body(add("m1", "c")));
    shard.host().clock().advance(1);
    assertEquals("{\"result\":2,\"commitCursor\":2}", body(add("m1", "c")));
    shard.host().clock().advance(90_000_000);
    body(add("m2", "c"));
    assertEquals(
        1,
        (int) shard.host().sql().query("SELECT count(*) FROM __lunora_idempotency").number(0, 0));
  }

  @Test
  void moreOldAnswersThanOneSweepDeletesGoWithTheNext() {
    body(add("m1", "c"));
    shard
        .host()
        .sql()
        .execute(
            "INSERT INTO __lunora_idempotency WITH RECURSIVE n(i) AS"
                + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4500)"
                + " SELECT 'anon:c', 'old' || i, '1', i FROM n");
    shard.hibernate();
    for (int left : new int[] {2502, 503, 4, 5}) {
      body(add("n" + left, "c"));
      assertEquals(
          left,
          (int) shard.host().sql().query("SELECT count(*) FROM __lunora_idempotency").number(0, 0));
    }
  }

  @Test
  void numberedMutationsApplyInOrderAndOnce() {
    assertEquals("{\"lastMutationId\":1,\"result\":1}", body(push(1)));
    assertEquals("{\"lastMutationId\":1,\"result\":null}", body(push(1)));
    HttpResponse.Json gap = push(3);
    assertEquals(409, gap.status());
    assertEquals(
        "{\"error\":{\"code\":\"OUT_OF_ORDER\",\"expectedMutationId\":2,"
            + "\"message\":\"out-of-order mutation; expected sequence 2\"}}",
        gap.body().toString());
    assertEquals("{\"lastMutationId\":2,\"result\":2}", body(push(2)));
    shard.hibernate();
    assertEquals("{\"lastMutationId\":2,\"result\":null}", body(push(1)));
    assertEquals("{\"lastMutationId\":3,\"result\":3}", body(push(3)));
  }

  @Test
  void aFailedPushIsStillTheNext() {
    HttpResponse.Json refused =
        send(numbered(PUSH + "\"args\":{\"name\":\"a\",\"by\":\"x\"}}", "1"));
    assertEquals(400, refused.status());
    assertEquals("{\"lastMutationId\":1,\"result\":1}", body(push(1)));
  }

  @Test
  void aPushWithoutANumberIsAMutation() {
    assertEquals("{\"result\":1}", body(send(numbered(PUSH + ONE, "one"))));
    assertEquals("{\"result\":2}", body(send(request(PUSH + ONE))));
  }

  @Test
  void framesSayHowFarTheirClientGot() {
    FakeSocket socket = connect("c");
    FakeSocket other = connect("d");
    for (FakeSocket each : List.of(socket, other)) {
      shard.message(each, subscribe("s", "counters:get", "{\"name\":\"a\"}"));
      each.drain();
    }
    body(push(1));
    assertTrue(socket.drain().get(0).contains("\"lastMutationId\":1,\"data\":1"));
    assertFalse(other.drain().get(0).contains("lastMutationId"));
    shard.hibernate();
    body(push(2));
    assertTrue(socket.drain().get(0).contains("\"lastMutationId\":2"));
    FakeSocket again = connect("c");
    shard.disconnect(again);
    body(push(3));
    assertTrue(socket.drain().get(0).contains("\"lastMutationId\":3"));
  }

  @Test
  void aBatchRunsInOrderAndFailsBySlot() {
    String body =
        "{\"calls\":["
            + ADD
            + "\"id\":7,\"mutationId\":\"m\",\"clientId\":\"c\","
            + ONE
            + ","
            + ADD
            + "\"id\":8,\"mutationId\":\"m\",\"clientId\":\"c\","
            + ONE
            + ","
            + "{\"functionPath\":\"nothing:here\"},"
            + PUSH
            + "\"clientSeq\":1,\"clientId\":\"c\","
            + ONE
            + "]}";
    HttpResponse.Json answer = send(FakeHttpRequest.post("https://shard.internal/rpc-batch", body));
    assertEquals(
        "{\"results\":[{\"id\":7,\"status\":200,\"body\":{\"result\":1,\"commitCursor\":1}},"
            + "{\"id\":8,\"status\":200,\"body\":{\"result\":1,\"commitCursor\":1}},"
            + "{\"id\":2,\"status\":404,\"body\":{\"error\":{\"code\":\"FUNCTION_NOT_FOUND\","
            + "\"message\":\"no function is named 'nothing:here'\"}}},"
            + "{\"id\":3,\"status\":200,\"body\":{\"lastMutationId\":1,\"result\":2}}]}",
        body(answer));
  }

  private HttpResponse.Json add(String mutationId, String clientId) {
    return send(
        request(ADD + ONE)
            .header("x-lunora-mutation-id", mutationId)
            .header("x-lunora-client-id", clientId));
  }

  private HttpResponse.Json push(int sequence) {
    return send(numbered(PUSH + ONE, Integer.toString(sequence)));
  }

  private static FakeHttpRequest numbered(String body, String sequence) {
    return request(body).header("x-lunora-client-id", "c").header("x-lunora-client-seq", sequence);
  }

  private static FakeHttpRequest request(String body) {
    return FakeHttpRequest.post("https://shard.internal/rpc", body);
  }

  private HttpResponse.Json send(FakeHttpRequest request) {
    return (HttpResponse.Json) shard.fetch(request);
  }

  private static String body(HttpResponse.Json answer) {
    assertEquals(200, answer.status(), answer.body()::toString);
    return answer.body().toString();
  }

  private FakeSocket connect(String clientId) {
    FakeSocket socket = shard.connect(FakeHttpRequest.upgrade("https://shard.internal/ws"));
    shard.message(
        socket, "{\"type\":\"connect\",\"id\":\"connect\",\"clientId\":\"" + clientId + "\"}");
    return socket;
  }

  private static String subscribe(String id, String path, String args) {
    return "{\"type\":\"subscribe\",\"id\":\""
        + id
        + "\",\"query\":{\"functionPath\":\""
        + path
        + "\",\"args\":"
        + args
        + "}}";
  }
}
