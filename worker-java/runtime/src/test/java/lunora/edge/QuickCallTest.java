package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lunora.TestApp;
import lunora.boot.Worker;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.LogSink;
import lunora.host.remote.ShardPost;
import lunora.jwt.JwtAuthenticator;
import lunora.jwt.JwtSettings;
import lunora.rpc.RpcEnvelope;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the edge lets pass at a glance, and that it says the same as the long way. */
class QuickCallTest {

  private static final String RPC = "https://app.test/_lunora/rpc";
  private static final String WHO = "{\"functionPath\":\"system:who\"}";

  private final Worker worker = Worker.of(TestApp.module());
  private final WorkerHandler edge = worker.edge();
  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(key -> new FakeShard(FakeShardHost.inMemory(key), worker::shard));
  private final FakeWorkerHost host = new FakeWorkerHost(shards);

  @AfterEach
  void close() {
    shards.close();
  }

  @Test
  void aCallOfTheDefaultShardPasses() {
    FakeHttpRequest request =
        post(WHO)
            .header("x-lunora-userid", "root")
            .header("x-lunora-mutation-id", "m1")
            .header("x-lunora-client-id", "c1")
            .header("x-lunora-client-seq", "7");
    ShardPost post = begun(request, WHO).post();
    assertEquals("__root__", post.shardKey());
    assertEquals("/rpc", post.path());
    assertEquals(WHO, post.body());
    assertEquals(
        Map.of(
            "x-lunora-origin", "https://app.test",
            "x-lunora-mutation-id", "m1",
            "x-lunora-client-id", "c1",
            "x-lunora-client-seq", "7"),
        post.headers());
  }

  @Test
  void whoBringsNoTokenPassesWhereTokensAreKnown() {
    WorkerHandler knowing =
        Worker.of(TestApp.module())
            .authenticate(JwtAuthenticator.of(JwtSettings.of("us", "app").hs256("SECRET")))
            .authorizeShard(ShardAuthorizer.beyondRoot((identity, key) -> false))
            .edge();
    assertEquals(RpcEnvelope.BODY_BYTES_MAX, knowing.beginsUpTo(post(WHO)));
    assertEquals(0, knowing.beginsUpTo(post(WHO).header("authorization", "Bearer x")));
    assertEquals(0, knowing.beginsUpTo(post(WHO).header("authorization", "Bearer")));
    WorkerHandler asking =
        Worker.of(TestApp.module()).authorizeShard((identity, key) -> true).edge();
    assertEquals(0, asking.beginsUpTo(post(WHO)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WHO,
        "{\"functionPath\":\"no:such\"}",
        "{\"functionPath\":\"system:echo\",\"args\":{\"value\":[\"$lunora.wire$\",\"nan\"]}}",
        "{\"functionPath\":\"system:who\",\"functionPath\":\"system:secretInternal\"}",
        "{\"functionPath\":\"__lunora_admin__:listTables\",\"functionPath\":\"system:who\"}",
        "{\"functionPath\":\"system:who\",\"args\":[],\"args\":{}}"
      })
  void theAnswerIsThatOfTheLongWay(String body) {
    ForwardedCall call = begun(post(body), body);
    ShardPost post = call.post();
    HttpResponse.Json fromShard =
        shards.post(post.shardKey(), post.path(), post.headers(), post.body());
    HttpResponse.Json quick = (HttpResponse.Json) call.answered(fromShard);
    HttpResponse.Json slow = (HttpResponse.Json) edge.fetch(post(body).body(body), host);
    assertEquals(slow.status(), quick.status());
    assertEquals(slow.headers(), quick.headers());
    assertEquals(slow.body().toString(), quick.body().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"functionPath\":7}",
        "{\"functionPath\":\"a:b\",\"args\":[]}",
        "{\"functionPath\":\"a:b\",\"shardKey\":\"room\"}",
        "{\"functionPath\":\"a:b\",\"shardKey\":\"__root__\"}",
        "{\"functionPath\":\"a:b\",\"shardKey\":null}",
        "{\"functionPath\":\"a:b\",\"fanOut\":{}}",
        "{\"functionPath\":\"__lunora_admin__:listTables\"}",
        "{\"functionPath\":\"__lunora_relation__:x\"}",
        "{\"functionPath\":\"a:b\",\"functionPath\":\"__lunora_admin__:listTables\"}",
        "{\"functionPath\":\"a:b\",\"function\\u0050ath\":\"__lunora_relation__:x\"}",
        "{\"functionPath\":\"a:b\",\"shardKey\":\"__root__\",\"shardKey\":\"room\"}",
        "{\"functionPath\":\"a:b\",\"shardKey\":\"room\",\"shardKey\":\"__root__\"}",
        "{\"functionPath\":\"a:b\",\"args\":{},\"args\":[]}"
      })
  void whatNeedsMoreThanAGlanceGoesTheLongWay(String body) {
    assertNull(edge.begin(post(body), body, host));
  }

  @Test
  void aSubjectIsChecked() {
    assertNull(edge.begin(post(WHO).header("x-lunora-expect-subject", "e30"), WHO, host));
  }

  @Test
  void onlyCallsAreAskedFor() {
    assertEquals(1_048_576, edge.beginsUpTo(post(WHO)));
    assertEquals(0, edge.beginsUpTo(FakeHttpRequest.get(RPC)));
    assertEquals(0, edge.beginsUpTo(FakeHttpRequest.post(RPC + "-batch", "{}")));
  }

  @Test
  void anAppThatDecidesIsAskedTheLongWay() {
    WorkerHandler asking =
        Worker.of(TestApp.module()).authorizeShard((identity, shard) -> true).edge();
    assertEquals(0, asking.beginsUpTo(post(WHO)));
    WorkerHandler knowing =
        Worker.of(TestApp.module()).authenticate((request, h) -> Optional.empty()).edge();
    assertEquals(0, knowing.beginsUpTo(post(WHO)));
  }

  @Test
  void aShardOutOfReachIsSaidAndLogged() {
    LunoraException unreachable =
        new LunoraException(ErrorCode.SHARD_UNAVAILABLE, "The shard cannot be reached");
    HttpResponse answer = begun(post(WHO), WHO).failed(unreachable);
    assertEquals(ErrorCode.SHARD_UNAVAILABLE.status(), answer.status());
    HttpResponse bug = begun(post(WHO), WHO).failed(new IllegalStateException("the secret"));
    assertEquals(500, bug.status());
    assertEquals(
        "{\"error\":{\"code\":\"INTERNAL\",\"message\":\"Internal error\"}}",
        ((HttpResponse.Json) bug).body().toString());
    assertEquals(3, host.log().lines(LogSink.Level.ERROR).size(), "the bug and two requests");
  }

  private ForwardedCall begun(FakeHttpRequest request, String body) {
    return Objects.requireNonNull(edge.begin(request, body, host));
  }

  private static FakeHttpRequest post(String body) {
    return FakeHttpRequest.post(RPC, body);
  }
}
