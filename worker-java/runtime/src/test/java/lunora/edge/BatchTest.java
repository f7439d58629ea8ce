package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import lunora.TestApp;
import lunora.api.Identity;
import lunora.boot.Worker;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches through the Worker, and requests that say whose they are. */
class BatchTest {

  private final Worker worker =
      Worker.of(TestApp.module())
          .authenticate(
              (request, host) ->
                  Optional.ofNullable(request.header("authorization"))
                      .map(user -> new Identity(user, new Value.Obj(Map.of()))))
          .authorizeShard((identity, shardKey) -> !shardKey.equals("closed"));

  private final WorkerHandler edge = worker.edge();
  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(key -> new FakeShard(FakeShardHost.inMemory(key), worker::shard));
  private final FakeWorkerHost host = new FakeWorkerHost(shards);

  @AfterEach
  void close() {
    shards.close();
  }

  @Test
  void entriesGoToTheirShardsAndKeepTheirIds() {
    HttpResponse.Json answer =
        batch(
            add("a", "s1", 1), add("a", "s2", 5), add("a", "s1", 2), "{\"functionPath\":\"x:y\"}");
    assertEquals(200, answer.status());
    String body = answer.body().toString();
    assertTrue(body.contains("{\"id\":0,\"status\":200,\"body\":{\"result\":1}}"), body);
    assertTrue(body.contains("{\"id\":1,\"status\":200,\"body\":{\"result\":5}}"), body);
    assertTrue(body.contains("{\"id\":2,\"status\":200,\"body\":{\"result\":3}}"), body);
    assertTrue(body.contains("{\"id\":3,\"status\":404,\"body\":{\"error\":{\"code\""), body);
  }

  @Test
  void anUnreachableShardFailsItsOwnSlots() {
    shards.cutOff("s2");
    HttpResponse.Json answer = batch(add("a", "s1", 1), add("a", "s2", 5));
    assertEquals(
        "{\"results\":[{\"id\":0,\"status\":200,\"body\":{\"result\":1}},"
            + "{\"id\":1,\"status\":502,\"body\":{\"error\":{\"code\":\"SHARD_UNAVAILABLE\","
            + "\"message\":\"shard unavailable\"}}}]}",
        answer.body().toString());
  }

  @Test
  void wholeBatchesAreRefused() {
    assertEquals(403, batch(add("a", "s1", 1), add("a", "closed", 1)).status());
    assertEquals(403, batch(add("a", "x::relay::y", 1)).status());
    assertEquals(403, batch("{\"functionPath\":\"__lunora_admin__:x\"}").status());
    assertEquals(403, batch("{\"functionPath\":\"__lunora_admin__x\"}").status());
    assertEquals(403, batch("{\"functionPath\":\"__lunora_relation__:x\"}").status());
    assertEquals(400, batch("1").status());
    assertEquals(400, batch("{\"functionPath\":1}").status());
    assertEquals(400, batch("{\"functionPath\":\"a:b\",\"args\":[]}").status());
    assertEquals(400, post("/_lunora/rpc-batch", "{\"calls\":{}}").status());
    String[] many = new String[501];
    Arrays.fill(many, add("a", "s1", 1));
    HttpResponse.Json tooMany = batch(many);
    assertEquals(400, tooMany.status());
    assertTrue(tooMany.body().toString().contains("RPC batch exceeds the 500-call limit"));
    assertEquals(0, shards.shardKeys().size());
  }

  @Test
  void anEmptyBatchIsAnswered() {
    assertEquals("{\"results\":[]}", batch().body().toString());
  }

  @Test
  void aRequestIsForTheSubjectItNames() {
    assertEquals(200, expecting("{\"subject\":\"ann\"}", "ann").status());
    assertEquals(200, expecting("{\"subject\":null}", "").status());
    HttpResponse.Json mismatch = expecting("{\"subject\":null}", "ann");
    assertEquals(409, mismatch.status());
    assertTrue(mismatch.body().toString().contains("\"IDENTITY_MISMATCH\""));
    assertEquals(409, expecting("{\"subject\":\"ann\"}", "").status());
    assertEquals(400, expecting("{}", "").status());
    assertEquals(400, expecting("nonsense", "").status());
  }

  private HttpResponse.Json expecting(String subject, String user) {
    byte[] bytes = subject.getBytes(StandardCharsets.UTF_8);
    FakeHttpRequest request =
        FakeHttpRequest.post("https://app.example/_lunora/rpc-batch", "{\"calls\":[]}")
            .header(
                "x-lunora-expect-subject",
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    return json(edge.fetch(user.isEmpty() ? request : request.header("authorization", user), host));
  }

  private static String add(String name, String shardKey, int by) {
    return "{\"functionPath\":\"counters:add\",\"shardKey\":\""
        + shardKey
        + "\",\"args\":{\"name\":\""
        + name
        + "\",\"by\":"
        + by
        + "}}";
  }

  private HttpResponse.Json batch(String... calls) {
    return post("/_lunora/rpc-batch", "{\"calls\":[" + String.join(",", calls) + "]}");
  }

  private HttpResponse.Json post(String path, String body) {
    return json(edge.fetch(FakeHttpRequest.post("https://app.example" + path, body), host));
  }

  private static HttpResponse.Json json(HttpResponse answer) {
    return (HttpResponse.Json) (answer instanceof FakeForeign foreign ? foreign.inner() : answer);
  }
}
