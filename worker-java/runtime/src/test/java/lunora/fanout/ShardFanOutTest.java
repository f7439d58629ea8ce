package lunora.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import lunora.edge.FanOutCall;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.rpc.RpcEnvelope;
import lunora.testkit.FakeWorkerHost;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.api.Test;

/** What shards are asked, and what their silence, refusals and nonsense come to. */
class ShardFanOutTest {

  private final Map<String, ShardReply> replies = new LinkedHashMap<>();
  private final List<ShardPost> posts = new ArrayList<>();
  private final List<String> bounds = new ArrayList<>();
  private final FakeWorkerHost host = new FakeWorkerHost(new Shards());

  @Test
  void everyKindOfFailureIsToldBesideTheResults() {
    answers("a", 200, "{\"result\":[1],\"commitCursor\":7}");
    replies.put("slow", new ShardReply.TimedOut());
    replies.put("dead", new ShardReply.Unreachable("a secret reason"));
    answers("refusing", 404, "{\"error\":{\"code\":\"FUNCTION_NOT_FOUND\",\"message\":\"none\"}}");
    answers("broken", 500, "<html>");
    answers("odd", 503, "{\"error\":\"x\"}");
    answers("torn", 200, "{\"result\":");
    answers("z", 200, "{\"result\":[2]}");

    assertEquals(
        "{\"data\":[1,2],\"errors\":["
            + error("SHARD_TIMEOUT", "shard \\\"slow\\\" timed out after 5000ms", "slow", true)
            + ","
            + error("SHARD_UNAVAILABLE", "shard \\\"dead\\\" cannot be reached", "dead", false)
            + ","
            + error("FUNCTION_NOT_FOUND", "none", "refusing", false)
            + ","
            + error("SHARD_HTTP_ERROR", "shard \\\"broken\\\" returned 500", "broken", false)
            + ","
            + error("SHARD_HTTP_ERROR", "shard \\\"odd\\\" returned 503", "odd", false)
            + ","
            + error("SHARD_ERROR", "shard \\\"torn\\\" answered no JSON", "torn", false)
            + "],\"failed\":6,\"ok\":2}",
        ask("{\"kind\":\"concat\"}"));
    assertEquals(List.of("6 at once, 5000 ms"), bounds);
  }

  @Test
  void allMayFail() {
    replies.put("slow", new ShardReply.TimedOut());

    assertEquals(
        "{\"data\":null,\"errors\":["
            + error("SHARD_TIMEOUT", "shard \\\"slow\\\" timed out after 5000ms", "slow", true)
            + "],\"failed\":1,\"ok\":0}",
        ask("{\"kind\":\"first\"}"));
  }

  @Test
  void noShardsAreNoFailure() {
    assertEquals("{\"data\":0,\"errors\":[],\"failed\":0,\"ok\":0}", ask("{\"kind\":\"sum\"}"));
    assertEquals(List.of(), bounds, "nothing was sent");
  }

  @Test
  void bareValuesOfTheSystemsReadersAreTheirResult() {
    answers("a", 200, "[1]");
    answers("b", 200, "{\"rows\":1}");

    assertEquals(
        "{\"data\":[1],\"errors\":[],\"failed\":0,\"ok\":2}", ask("{\"kind\":\"concat\"}"));
  }

  @Test
  void aShardIsAskedWithTheCallersHeadersAndWithoutTheFanOut() {
    answers("a", 200, "{\"result\":1}");

    ask("{\"kind\":\"sum\"}");

    assertEquals("{\"functionPath\":\"rooms:count\",\"args\":{\"x\":1}}", posts.get(0).body());
    assertEquals(Map.of("x-lunora-userid", "ann"), posts.get(0).headers());
    assertEquals("/rpc", posts.get(0).path());
  }

  @Test
  void aPageGoesOnWhereEachShardIs() {
    answers("a", 200, "{\"result\":{\"page\":[1],\"isDone\":false,\"continueCursor\":\"A1\"}}");
    answers("b", 200, "{\"result\":{\"page\":[2],\"isDone\":true,\"continueCursor\":null}}");
    replies.put("c", new ShardReply.TimedOut());

    String first = ask("{\"kind\":\"paged\"}");

    String cursor = "{\\\"a\\\":\\\"A1\\\",\\\"c\\\":null}";
    assertTrue(
        first.startsWith(
            "{\"data\":{\"page\":[1,2],\"isDone\":false,\"continueCursor\":\"" + cursor + "\"}"),
        first);
    posts.clear();
    ask("{\"kind\":\"paged\",\"cursor\":\"" + cursor + "\"}");
    assertEquals(
        List.of(
            "a {\"functionPath\":\"rooms:count\",\"args\":{\"x\":1,\"cursor\":\"A1\"}}",
            "c {\"functionPath\":\"rooms:count\",\"args\":{\"x\":1}}"),
        posts.stream().map(post -> post.shardKey() + " " + post.body()).toList());
  }

  @Test
  void aMutationIsNotForManyShards() {
    answers("a", 200, "{\"result\":1}");

    LunoraException refusal =
        assertThrows(LunoraException.class, () -> ask("rooms:post", "{\"kind\":\"sum\"}"));

    assertEquals("BAD_REQUEST", refusal.code());
    assertEquals(List.of(), posts);
  }

  @Test
  void moreThanAHundredShardsAreWorthALine() {
    IntStream.range(0, 101).forEach(i -> answers("s" + i, 200, "{\"result\":1}"));

    assertEquals("{\"data\":101,\"errors\":[],\"failed\":0,\"ok\":101}", ask("{\"kind\":\"sum\"}"));

    assertEquals(1, host.log().lines().size());
    assertEquals(LogSink.Level.WARN, host.log().lines().get(0).level());
  }

  private void answers(String shardKey, int status, String body) {
    replies.put(shardKey, new ShardReply.Answered(status, body));
  }

  private static String error(String code, String message, String shardKey, boolean timedOut) {
    return "{\"code\":\"%s\",\"message\":\"%s\",\"shardKey\":\"%s\",\"timedOut\":%s}"
        .formatted(code, message, shardKey, timedOut);
  }

  private String ask(String merge) {
    return ask("rooms:count", merge);
  }

  private String ask(String path, String merge) {
    RpcEnvelope envelope =
        RpcEnvelope.read("{\"functionPath\":\"" + path + "\",\"args\":{\"x\":1}}");
    FanOutCall call =
        new FanOutCall(
            Optional.empty(),
            "posts",
            (Value.Obj) Json.read(merge),
            envelope,
            Map.of("x-lunora-userid", "ann"));
    ShardFanOut fanOut =
        new ShardFanOut(Set.of("rooms:post"), table -> List.copyOf(replies.keySet()));
    return ((HttpResponse.Json) fanOut.query(call, host)).body().toString();
  }

  private final class Shards implements ShardNamespace {

    @Override
    public HttpResponse.Json post(
        String shardKey, String path, Map<String, String> headers, String body) {
      throw new IllegalStateException("shards are asked together");
    }

    @Override
    public List<ShardReply> postAll(List<ShardPost> all) {
      throw new IllegalStateException("shards are asked within bounds");
    }

    @Override
    public List<ShardReply> postAll(List<ShardPost> all, int atOnce, long timeoutMs) {
      bounds.add(atOnce + " at once, " + timeoutMs + " ms");
      posts.addAll(all);
      return all.stream().map(post -> replies.get(post.shardKey())).toList();
    }

    @Override
    public HttpResponse upgrade(String shardKey, HttpRequest request, Map<String, String> headers) {
      throw new IllegalStateException("a question opens no socket");
    }
  }
}
