package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import lunora.TestApp;
import lunora.api.Identity;
import lunora.boot.Worker;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeUpgrade;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal of the edge with its code, and what it passes on. */
class EdgeHandlerTest {

  private static final String ORIGIN = "https://app.test";
  private static final String RPC = ORIGIN + "/_lunora/rpc";
  private static final String WS = ORIGIN + "/_lunora/ws";

  private final Worker worker =
      Worker.of(TestApp.module())
          .authenticate((request, host) -> identify(request))
          .authorizeShard((identity, shard) -> shard.equals("__root__") || identity.isPresent());
  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(key -> new FakeShard(FakeShardHost.inMemory(key), worker::shard));
  private final FakeWorkerHost host = new FakeWorkerHost(shards);

  private static Optional<Identity> identify(HttpRequest request) {
    String token = request.header("authorization");
    if (token == null) {
      return Optional.empty();
    }
    if (token.equals("crash")) {
      throw new IllegalStateException("the secret of the authenticator");
    }
    if (token.equals("wrong")) {
      throw new LunoraException(ErrorCode.UNAUTHENTICATED, "no such token");
    }
    return Optional.of(new Identity(token, new Value.Obj(Map.of())));
  }

  @AfterEach
  void close() {
    shards.close();
  }

  @Test
  void theStatusIsPublic() {
    HttpResponse.Json status = (HttpResponse.Json) fetch(get("/_lunora/status"));
    assertEquals("{\"ok\":true}", status.body().toString());
    assertEquals("no-store", status.headers().get("cache-control"));
    assertEquals(200, fetch(FakeHttpRequest.of("HEAD", ORIGIN + "/_lunora/status")).status());
    HttpResponse.Plain refused =
        (HttpResponse.Plain) fetch(FakeHttpRequest.post(ORIGIN + "/_lunora/status", "{}"));
    assertEquals(405, refused.status());
    assertEquals("GET, HEAD", refused.headers().get("allow"));
    assertEquals("", refused.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/_lunora",
        "/_lunora/",
        "/_lunora/rpc/",
        "/_lunora/RPC",
        "/rpc",
      })
  void otherPathsAreNotFound(String path) {
    HttpResponse.Plain answer = (HttpResponse.Plain) fetch(get(path));
    assertEquals(404, answer.status());
    assertEquals("Not found", answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
  void callsArePosted(String method) {
    HttpResponse.Json refused = refused(405, "METHOD_NOT_ALLOWED", FakeHttpRequest.of(method, RPC));
    assertEquals("POST", refused.headers().get("allow"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``",
        "{",
        "nonsense",
        "[]",
        "null",
        "{}",
        "{\"functionPath\":1}",
        "{\"functionPath\":null}",
        "{\"functionPath\":\"a:b\",\"args\":[]}",
        "{\"functionPath\":\"a:b\",\"args\":null}",
        "{\"functionPath\":\"a:b\",\"args\":1}",
        "{\"functionPath\":\"a:b\",\"shardKey\":1}",
        "{\"functionPath\":\"a:b\",\"shardKey\":null}",
        "{\"functionPath\":\"a:b\",\"shardKey\":\"s\",\"fanOut\":{}}",
        "{\"functionPath\":\"a:b\",\"fanOut\":{}}"
      })
  void malformedCallsAreBadRequests(String body) {
    refused(400, "BAD_REQUEST", FakeHttpRequest.post(RPC, body));
  }

  @Test
  void deepNestingIsABadRequest() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    refused(
        400,
        "BAD_REQUEST",
        call("{\"functionPath\":\"system:echo\",\"args\":{\"value\":" + deep + "}}"));
    refused(400, "BAD_REQUEST", call("[".repeat(100_000)));
  }

  @Test
  void malformedValuesAreBadRequests() {
    refused(
        400,
        "BAD_REQUEST",
        call(
            "{\"functionPath\":\"system:echo\",\"args\":{\"value\":[\"$lunora.wire$\",\"bigint\",\"x\"]}}"));
  }

  @Test
  void bodiesOverAMebibyteAreTooLarge() {
    String filling =
        "x".repeat(1_048_576 - "{\"functionPath\":\"system:who\",\"x\":\"\"}".length());
    FakeHttpRequest fits = call("{\"functionPath\":\"system:who\",\"x\":\"" + filling + "\"}");
    assertEquals(200, fetch(fits).status());
    refused(
        413,
        "PAYLOAD_TOO_LARGE",
        call("{\"functionPath\":\"system:who\",\"x\":\"x" + filling + "\"}"));
  }

  @Test
  void theSystemsFunctionsAreNotAnApps() {
    refused(403, "ADMIN_FORBIDDEN", call("{\"functionPath\":\"__lunora_admin__:status\"}"));
    refused(403, "FORBIDDEN", call("{\"functionPath\":\"__lunora_relation__:x\"}"));
  }

  @Test
  void unknownAndInternalFunctionsAreNotFound() {
    for (String path :
        new String[] {"no:such", "", "__proto__", "system:secretInternal", "'; --"}) {
      refused(404, "FUNCTION_NOT_FOUND", call("{\"functionPath\":\"" + path + "\"}"));
    }
  }

  @Test
  void shardKeysAreCheckedAndAuthorized() {
    String who = "{\"functionPath\":\"system:who\",\"shardKey\":\"";
    refused(403, "FORBIDDEN_SHARD", call(who + "room\"}"));
    refused(403, "FORBIDDEN_SHARD", call(who + "\"}"));
    refused(403, "FORBIDDEN_SHARD", signed(call(who + "a::relay::1\"}")));
    refused(403, "FORBIDDEN_SHARD", signed(call(who + "a::replica::1\"}")));
    refused(400, "BAD_REQUEST", signed(call(who + "k".repeat(513) + "\"}")));
    HttpResponse.Json answer = json(signed(call(who + "room\"}")));
    assertEquals("{\"result\":\"ann\"}", answer.body().toString());
    assertEquals("room", answer.headers().get("x-lunora-shard-key"));
    assertEquals(
        "__root__",
        json(call("{\"functionPath\":\"system:who\"}")).headers().get("x-lunora-shard-key"));
  }

  @Test
  void aClientCannotNameItself() {
    FakeHttpRequest forged =
        call("{\"functionPath\":\"system:who\"}")
            .header("x-lunora-userid", "root")
            .header("x-lunora-system", "1");
    assertEquals("{\"result\":\"nobody\"}", json(forged).body().toString());
    FakeHttpRequest internal =
        call("{\"functionPath\":\"system:secretInternal\"}").header("x-lunora-system", "1");
    refused(404, "FUNCTION_NOT_FOUND", internal);
  }

  @Test
  void aForgedUpgradeDoesNotReachTheShardAsSomebody() {
    FakeHttpRequest forged =
        FakeHttpRequest.upgrade(WS)
            .header("x-lunora-userid", "root")
            .header("x-lunora-system", "1");
    assertTrue(fetch(forged) instanceof FakeUpgrade);
    String attachment = shards.shard("__root__").host().sockets().all().get(0).attachment();
    assertFalse(attachment.contains("root"), attachment);
  }

  @Test
  void socketsAreUpgradedAndNothingElse() {
    HttpResponse.Json refused = refused(426, "BAD_REQUEST", FakeHttpRequest.get(WS));
    assertEquals("websocket", refused.headers().get("upgrade"));
    refused(405, "METHOD_NOT_ALLOWED", FakeHttpRequest.post(WS, "{}"));
    refused(403, "FORBIDDEN_SHARD", FakeHttpRequest.upgrade(WS + "?shard=room"));
    assertEquals(101, fetch(FakeHttpRequest.upgrade(WS)).status());
    assertEquals(101, fetch(signed(FakeHttpRequest.upgrade(WS + "?shard=room"))).status());
  }

  @Test
  void credentialsThatAreWrongAreRefusedAndCrashesRedacted() {
    refused(
        401,
        "UNAUTHENTICATED",
        call("{\"functionPath\":\"system:who\"}").header("authorization", "wrong"));
    HttpResponse.Json crashed =
        refused(
            500,
            "INTERNAL",
            call("{\"functionPath\":\"system:who\"}").header("authorization", "crash"));
    assertEquals(
        "{\"error\":{\"code\":\"INTERNAL\",\"message\":\"Internal error\"}}",
        crashed.body().toString());
    assertEquals(2, host.log().lines(LogSink.Level.ERROR).size(), "the bug and the request");
  }

  @Test
  void aShardThatIsCutOffIsUnavailable() {
    shards.cutOff("__root__");
    refused(503, "SHARD_UNAVAILABLE", call("{\"functionPath\":\"system:who\"}"));
    shards.reconnect("__root__");
    assertEquals(200, fetch(call("{\"functionPath\":\"system:who\"}")).status());
  }

  @Test
  void aMutationIdBringsTheCommitCursor() {
    String add = "{\"functionPath\":\"counters:add\",\"args\":{\"name\":\"a\",\"by\":1}}";
    assertEquals("{\"result\":1}", json(call(add)).body().toString());
    assertEquals(
        "{\"result\":2,\"commitCursor\":2}",
        json(call(add).header("x-lunora-mutation-id", "m1")).body().toString());
  }

  private static FakeHttpRequest get(String path) {
    return FakeHttpRequest.get(ORIGIN + path);
  }

  private static FakeHttpRequest call(String body) {
    return FakeHttpRequest.post(RPC, body);
  }

  private static FakeHttpRequest signed(FakeHttpRequest request) {
    return request.header("authorization", "ann");
  }

  private HttpResponse fetch(FakeHttpRequest request) {
    HttpResponse answer = worker.edge().fetch(request, host);
    return answer instanceof FakeForeign shards ? shards.inner() : answer;
  }

  private HttpResponse.Json json(FakeHttpRequest request) {
    return (HttpResponse.Json) fetch(request);
  }

  private HttpResponse.Json refused(int status, String code, FakeHttpRequest request) {
    HttpResponse.Json answer = json(request);
    Value.Obj body = (Value.Obj) Json.read(answer.body().toString());
    Value.Obj error = (Value.Obj) body.fields().get("error");
    assertEquals(status, answer.status(), () -> "" + answer.body());
    assertEquals(new Value.Str(code), error == null ? null : error.fields().get("code"));
    assertEquals("application/json", answer.headers().get("content-type"));
    return answer;
  }
}
