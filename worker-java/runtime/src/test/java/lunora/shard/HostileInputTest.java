package lunora.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import lunora.TestApp;
import lunora.host.inbound.HttpResponse;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client should not send, found on workerd; and sockets that vanish. */
class HostileInputTest {

  private final FakeShard shard =
      new FakeShard(
          FakeShardHost.inMemory("__root__"),
          (host, background) -> new ShardActor(host, background, TestApp.module()));

  @AfterEach
  void close() {
    shard.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "====", "A", "A===", "+/", "\u00e9", "\ud83d\udca5", " ", "null"})
  void aCursorThatIsNoBase64IsRefused(String cursor) {
    refused("messages:page", page(cursor), "BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{}", "[1]", "[\"c\",1,\"2\"]", "[\"c\",null,null]", "[\"c\",\"1\",2]"})
  void aCursorThatNamesNoPlaceIsRefused(String place) {
    byte[] bytes = place.getBytes(StandardCharsets.UTF_8);
    String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    refused("messages:page", page(cursor), "BAD_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"$lunora.wire$\",\"nan\"]", "[\"$lunora.wire$\",\"inf\"]", "1e300"})
  void whatIsNoNumberIsNoInteger(String by) {
    refused("counters:add", "{\"name\":\"x\",\"by\":" + by + "}", "VALIDATION_ERROR");
  }

  @Test
  void anUnboundedNameOfTheClientIsAsNone() {
    FakeSocket socket = connect("c".repeat(100_000));
    shard.message(socket, "{\"type\":\"subscribe\",\"id\":\"s\"," + ping() + "}");
    var frames = socket.drain();
    assertEquals(2, frames.size(), frames::toString);
    assertTrue(frames.get(1).contains("\"type\":\"data\""), frames::toString);
  }

  @Test
  void subscriptionsOfSocketsThatACrashEndedAreForgotten() {
    for (int i = 0; i < 2; i++) {
      FakeSocket lost = connect("lost");
      shard.message(lost, "{\"type\":\"subscribe\",\"id\":\"s\"," + ping() + "}");
    }
    shard.restart();
    FakeSocket next = connect("next");
    shard.message(next, "{\"type\":\"unsubscribe\",\"id\":\"none\"}");
    double left =
        shard.host().sql().query("SELECT count(*) FROM \"__lunora_subscription\"").number(0, 0);
    assertEquals(0, left);
  }

  private static String ping() {
    return "\"query\":{\"functionPath\":\"counters:get\",\"args\":{\"name\":\"n\"}}";
  }

  private static String page(String cursor) {
    return "{\"channel\":\"c\",\"cursor\":\"" + cursor + "\",\"numItems\":2}";
  }

  private FakeSocket connect(String clientId) {
    FakeSocket socket =
        shard.connect(
            FakeHttpRequest.get("https://shard.internal/ws").header("upgrade", "websocket"));
    shard.message(
        socket, "{\"type\":\"connect\",\"id\":\"connect\",\"clientId\":\"" + clientId + "\"}");
    return socket;
  }

  private void refused(String path, String args, String code) {
    String body = "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}";
    HttpResponse.Json response =
        (HttpResponse.Json) shard.fetch(FakeHttpRequest.post("https://shard.internal/rpc", body));
    assertEquals(400, response.status(), response.body()::toString);
    assertTrue(response.body().toString().contains("\"" + code + "\""), response.body()::toString);
  }
}
