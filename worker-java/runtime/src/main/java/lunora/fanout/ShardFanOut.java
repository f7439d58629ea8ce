package lunora.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.edge.FanOutCall;
import lunora.edge.QueryCoordinator;
import lunora.host.edge.ShardDirectory;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.host.remote.WorkerHost;
import lunora.registry.RegistryClient;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Asks all shards of a table, {@value #AT_ONCE} at a time, each for at most {@value #TIMEOUT_MS}
 * milliseconds. A shard that fails is reported beside the results of the others.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/platform/limits/#simultaneous-open-connections">Limits</a>
 */
public final class ShardFanOut implements QueryCoordinator {

  /** How many shards are asked at a time: as many connections as a request may have open. */
  static final int AT_ONCE = 6;

  /** How long a shard may take to answer. */
  static final long TIMEOUT_MS = 5000;

  /** Beyond this many shards a call is worth a line in the log. */
  static final int MANY_SHARDS = 100;

  private final Set<String> otherThanQueries;
  private final @Nullable ShardDirectory directory;

  /**
   * Fan-out for an app.
   *
   * @param otherThanQueries the paths of its mutations and actions, which are not for many shards:
   *     half of them may fail
   * @param directory who knows the shards; null for the registry of the deployment
   */
  public ShardFanOut(Set<String> otherThanQueries, @Nullable ShardDirectory directory) {
    this.otherThanQueries = otherThanQueries;
    this.directory = directory;
  }

  @Override
  public HttpResponse query(FanOutCall call, WorkerHost host) {
    if (otherThanQueries.contains(call.call().functionPath())) {
      throw Merge.refused("fanOut is for queries only");
    }
    if (Merge.kind(call.merge()).equals(Pages.KIND)) {
      return page(call, host);
    }
    Merge merge = Merge.read(call.merge());
    List<String> shardKeys = shardKeys(call, host);
    Value.Obj args = call.call().args();
    Map<String, Value.Obj> argsByShard = new LinkedHashMap<>();
    for (String shardKey : shardKeys) {
      argsByShard.put(shardKey, args);
    }
    Asked asked = ask(call, argsByShard, host);
    return asked.answer(merge.of(new ArrayList<>(asked.results().values())));
  }

  private HttpResponse page(FanOutCall call, WorkerHost host) {
    Map<String, Value> cursors = Pages.cursors(call.merge());
    List<String> shardKeys = shardKeys(call, host);
    Map<String, Value> left = Pages.left(cursors, shardKeys);
    Asked asked = ask(call, Pages.argsByShard(call.call().args(), left), host);
    return asked.answer(Pages.merge(asked.results(), left));
  }

  private List<String> shardKeys(FanOutCall call, WorkerHost host) {
    String table = call.table();
    ShardDirectory known = directory;
    List<String> listed;
    if (known == null) {
      listed = RegistryClient.shardKeys(host, table);
    } else {
      listed = known.shardKeys(table);
    }
    List<String> shardKeys = new ArrayList<>(new LinkedHashSet<>(listed));
    if (shardKeys.size() > MANY_SHARDS) {
      String line =
          call.call().functionPath() + " asks the " + shardKeys.size() + " shards of " + table;
      host.log().log(LogSink.Level.WARN, line, null);
    }
    return shardKeys;
  }

  private static Asked ask(FanOutCall call, Map<String, Value.Obj> argsByShard, WorkerHost host) {
    Asked asked = new Asked();
    if (argsByShard.isEmpty()) {
      return asked;
    }
    List<ShardPost> posts = new ArrayList<>();
    for (Map.Entry<String, Value.Obj> each : argsByShard.entrySet()) {
      String body = body(call.call().functionPath(), each.getValue());
      posts.add(new ShardPost(each.getKey(), ShardRequests.RPC_PATH, call.headers(), body));
    }
    ShardNamespace shards = host.shards();
    List<ShardReply> replies = shards.postAll(posts, AT_ONCE, TIMEOUT_MS);
    for (int i = 0; i < posts.size(); i++) {
      String shardKey = posts.get(i).shardKey();
      ShardReply reply = replies.get(i);
      if (reply instanceof ShardReply.Unreachable unreachable) {
        String line = "shard " + shardKey + " is unreachable: " + unreachable.reason();
        host.log().log(LogSink.Level.WARN, line, null);
      }
      asked.add(shardKey, reply);
    }
    return asked;
  }

  private static String body(String functionPath, Value.Obj args) {
    JsonSink sink = new JsonWriter().raw("{\"functionPath\":").string(functionPath);
    Json.write(args, sink.raw(",\"args\":"));
    return sink.raw("}").finish().toString();
  }
}
