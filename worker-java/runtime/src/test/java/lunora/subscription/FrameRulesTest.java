package lunora.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.TestApp;
import lunora.host.inbound.HttpResponse;
import lunora.shard.ShardActor;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Small print of sections 6 to 9 of the protocol. */
class FrameRulesTest {

  private final FakeShard shard =
      new FakeShard(
          FakeShardHost.inMemory("__root__"),
          (host, background) -> new ShardActor(host, background, TestApp.module()));
  private final FakeSocket socket =
      shard.connect(FakeHttpRequest.upgrade("https://shard.internal/_lunora/ws"));

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void anOperatorsSubscriptionIsRefusedWithoutAnAcknowledgement() {
    send(
        """
        {"type":"subscribe","id":"a","query":{"functionPath":"__lunora_admin__:x",
         "args":{"x":["$lunora.wire$","bigint","x"]}}}""");
    String message = "admin subscription requires admin authorization";
    assertEquals(
        List.of("{\"id\":\"a\",\"message\":\"" + message + "\",\"type\":\"error\"}"),
        socket.drain());
  }

  @Test
  void aFrameWithoutAKnownTypeIsIgnoredAndOneThatIsNoObjectIsRefused() {
    for (String frame : List.of("{}", "{\"type\":1,\"id\":\"a\"}", "{\"type\":\"ack\"}")) {
      send(frame);
      assertEquals(List.of(), socket.drain(), frame);
    }
    for (String frame : List.of("[]", "null", "1", "\"connect\"", "{", "")) {
      send(frame);
      assertEquals(
          List.of("{\"message\":\"invalid envelope\",\"type\":\"error\"}"), socket.drain(), frame);
    }
  }

  @Test
  void aClientMayAnnounceItselfAfterItSubscribed() {
    for (int i = 0; i < 3; i++) {
      call("messages:send", "\"channel\":\"c\",\"author\":\"a\",\"body\":\"some text " + i + "\"");
    }
    send(subscription("list", "messages:list", "\"channel\":\"c\""));
    send(subscription("count", "counters:get", "\"name\":\"n\""));
    call("messages:send", "\"channel\":\"c\",\"author\":\"a\",\"body\":\"more\"");
    List<String> before = socket.drain();
    assertTrue(before.get(before.size() - 1).startsWith("{\"type\":\"data\""), before::toString);

    send("{\"type\":\"connect\",\"id\":\"connect\",\"clientId\":\"c1\",\"caps\":[\"pageDelta\"]}");
    call("messages:send", "\"channel\":\"c\",\"author\":\"a\",\"body\":\"last\"");
    List<String> delta = socket.drain();
    assertTrue(delta.get(0).startsWith("{\"type\":\"delta\",\"id\":\"list\""), delta::toString);

    assertEquals("{\"lastMutationId\":1,\"result\":1}", push("1"));
    List<String> counted = socket.drain();
    assertTrue(counted.get(0).contains("\"lastMutationId\":1"), counted::toString);
  }

  @Test
  void aNumberUpToTheLastIsAppliedAlreadyAlsoBelowNothing() {
    assertEquals("{\"lastMutationId\":0,\"result\":null}", push("-1"));
    assertEquals("{\"lastMutationId\":0,\"result\":null}", push("0"));
    assertEquals("{\"lastMutationId\":1,\"result\":1}", push("1"));
    assertEquals("{\"lastMutationId\":1,\"result\":null}", push("-7"));
    assertEquals("{\"result\":2}", push("-"));
  }

  private static String subscription(String id, String path, String args) {
    return "{\"type\":\"subscribe\",\"id\":\"%s\",\"query\":{\"functionPath\":\"%s\",\"args\":{%s}}}"
        .formatted(id, path, args);
  }

  private void send(String frame) {
    shard.message(socket, frame);
  }

  private String call(String path, String args) {
    return answer(request(path, args));
  }

  private String push(String sequence) {
    return answer(
        request("counters:push", "\"name\":\"n\",\"by\":1")
            .header("x-lunora-client-id", "c1")
            .header("x-lunora-client-seq", sequence));
  }

  private static FakeHttpRequest request(String path, String args) {
    return FakeHttpRequest.post(
        "https://shard.internal/rpc",
        "{\"functionPath\":\"" + path + "\",\"args\":{" + args + "}}");
  }

  private String answer(FakeHttpRequest request) {
    return ((HttpResponse.Json) shard.fetch(request)).body().toString();
  }
}
