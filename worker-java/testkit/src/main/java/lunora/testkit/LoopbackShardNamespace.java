package lunora.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;

/** All shards in one JVM, made by the factory when first addressed. The test closes it. */
public final class LoopbackShardNamespace implements ShardNamespace, AutoCloseable {

  private static final String ORIGIN = "https://shard";

  private final Function<String, FakeShard> factory;
  private final Map<String, FakeShard> shards = new LinkedHashMap<>();
  private final Set<String> unreachable = new HashSet<>();
  private final Set<String> stalled = new HashSet<>();

  /** A namespace whose shards come from the factory, one for each key. */
  public LoopbackShardNamespace(Function<String, FakeShard> factory) {
    this.factory = factory;
  }

  /** The shard of the key, made now if need be. */
  public FakeShard shard(String shardKey) {
    FakeShard shard = shards.get(shardKey);
    if (shard == null) {
      shard = factory.apply(shardKey);
      shards.put(shardKey, shard);
    }
    return shard;
  }

  /** The shards addressed so far, in order. */
  public List<FakeShard> shards() {
    return List.copyOf(shards.values());
  }

  /** The keys addressed so far, in order. */
  public Set<String> shardKeys() {
    return Set.copyOf(shards.keySet());
  }

  /** Lets every request to the shard fail from now on. */
  public void cutOff(String shardKey) {
    unreachable.add(shardKey);
  }

  /** Ends what {@link #cutOff} began. */
  public void reconnect(String shardKey) {
    unreachable.remove(shardKey);
  }

  /** Lets posts to the shard that have a time limit run into it from now on. */
  public void stall(String shardKey) {
    stalled.add(shardKey);
  }

  @Override
  public HttpResponse.Json post(
      String shardKey, String path, Map<String, String> headers, String body) {
    if (delivered(shardKey, path, headers, body) instanceof HttpResponse.Json answer) {
      return answer;
    }
    throw new IllegalArgumentException("a shard answers no calls at " + path);
  }

  private HttpResponse delivered(
      String shardKey, String path, Map<String, String> headers, String body) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path starts with a slash: " + path);
    }
    FakeHttpRequest request = FakeHttpRequest.of("POST", ORIGIN + path).body(body).with(headers);
    HttpResponse answer = deliver(shardKey, request);
    return answer instanceof FakeForeign foreign ? foreign.inner() : answer;
  }

  /** One after another: a test has no other order to rely on. */
  @Override
  public List<ShardReply> postAll(List<ShardPost> posts) {
    List<ShardReply> replies = new ArrayList<>();
    for (ShardPost post : posts) {
      replies.add(reply(post));
    }
    return replies;
  }

  @Override
  public List<ShardReply> postAll(List<ShardPost> posts, int atOnce, long timeoutMs) {
    List<ShardReply> replies = new ArrayList<>();
    for (ShardPost post : posts) {
      replies.add(stalled.contains(post.shardKey()) ? new ShardReply.TimedOut() : reply(post));
    }
    return replies;
  }

  private ShardReply reply(ShardPost post) {
    HttpResponse answer;
    try {
      answer = delivered(post.shardKey(), post.path(), post.headers(), post.body());
    } catch (LunoraException e) {
      return new ShardReply.Unreachable(String.valueOf(e.getMessage()));
    }
    if (answer instanceof HttpResponse.Json json) {
      return new ShardReply.Answered(
          json.status(), json.body().toString(), json.headers().get(GlobalSession.BOOKMARK_HEADER));
    }
    String text = answer instanceof HttpResponse.Plain plain ? plain.body() : "";
    return new ShardReply.Answered(answer.status(), text);
  }

  @Override
  public HttpResponse upgrade(String shardKey, HttpRequest request, Map<String, String> headers) {
    if (!(request instanceof FakeHttpRequest original)) {
      throw new IllegalArgumentException("not a request of this host: " + request);
    }
    // A client's own x-lunora headers never reach a shard.
    return deliver(shardKey, original.without("x-lunora-").with(headers));
  }

  @Override
  public void close() {
    shards.values().forEach(FakeShard::close);
  }

  private HttpResponse deliver(String shardKey, FakeHttpRequest request) {
    if (unreachable.contains(shardKey)) {
      throw new LunoraException(ErrorCode.SHARD_UNAVAILABLE, "The shard cannot be reached.");
    }
    HttpResponse answer = shard(shardKey).fetch(request);
    return answer instanceof HttpResponse.Foreign ? answer : new FakeForeign(answer);
  }
}
