package lunora.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import lunora.auth.IdentityHeaders;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.host.remote.WorkerHost;
import lunora.registry.RegistryClient;
import lunora.rpc.InputFields;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** The shards of a deployment, as its registry knows them, and how each is doing. */
public final class ShardRoutes {

  /** How many shards are asked at a time. */
  private static final int AT_ONCE = 6;

  private static final long TIMEOUT_MS = 5_000;

  private final String defaultShardKey;

  private ShardRoutes(String defaultShardKey) {
    this.defaultShardKey = defaultShardKey;
  }

  /** Adds {@code shards}, {@code metrics}, {@code shard-traffic} and {@code audit}. */
  public static void add(AdminRoutes routes, String defaultShardKey) {
    ShardRoutes shards = new ShardRoutes(defaultShardKey);
    routes.add("GET shards", shards::list);
    routes.add("GET shards/connections", shards::connections);
    routes.add("GET shards/subscriptions", shards::subscriptions);
    routes.add("GET metrics", shards::metrics);
    routes.add("GET shard-traffic", shards::traffic);
    routes.add("GET audit", ShardRoutes::audit);
    routes.op("getAuditLog", (shardKey, args, host) -> auditOp(args, host));
  }

  private HttpResponse list(HttpRequest request, WorkerHost host) {
    Map<String, List<Value>> tables = known(host, defaultShardKey);
    JsonWriter json = new JsonWriter().raw("{\"shards\":[");
    String before = "";
    for (Map.Entry<String, List<Value>> shard : tables.entrySet()) {
      json.raw(before).raw("{\"shardKey\":").string(shard.getKey()).raw(",\"tables\":");
      Json.write(new Value.Arr(shard.getValue()), json);
      json.raw("}");
      before = ",";
    }
    return RpcResponses.json(200, json.raw("]}").finish());
  }

  /**
   * The shards by key, each with what the registry knows of its tables. The default shard is always
   * among them. May suspend.
   */
  static Map<String, List<Value>> known(WorkerHost host, String defaultShardKey) {
    Map<String, List<Value>> tables = new LinkedHashMap<>();
    tables.put(defaultShardKey, new ArrayList<>());
    JsonText text = RegistryClient.ask(host, "/snapshot", JsonText.of("{}"));
    if (Json.read(text.toString()) instanceof Value.Obj object
        && object.fields().get("shards") instanceof Value.Arr shards) {
      for (Value each : shards.items()) {
        if (each instanceof Value.Obj row
            && row.fields().get("shardKey") instanceof Value.Str shardKey) {
          Map<String, Value> rest = new LinkedHashMap<>(row.fields());
          rest.remove("shardKey");
          tables
              .computeIfAbsent(shardKey.value(), key -> new ArrayList<>())
              .add(new Value.Obj(rest));
        }
      }
    }
    return tables;
  }

  private HttpResponse connections(HttpRequest request, WorkerHost host) {
    HttpResponse answer = ask(request, host, "listConnections", JsonText.of("{}"));
    return answer;
  }

  private HttpResponse subscriptions(HttpRequest request, WorkerHost host) {
    JsonText args = AdminInput.query(request, "connectionId");
    HttpResponse answer = ask(request, host, "listSubscriptions", args);
    return answer;
  }

  private HttpResponse ask(HttpRequest request, WorkerHost host, String operation, JsonText args) {
    String named = request.query("shard");
    String shardKey = named == null ? defaultShardKey : named;
    Value result = ShardOperator.ask(host.shards(), shardKey, operation, args);
    JsonWriter json = new JsonWriter();
    Json.write(result, json);
    return RpcResponses.json(200, json.finish());
  }

  /** The metrics of one shard, or of all: {@code {ok, failed, shards:[{shardKey, ...}]}}. */
  private HttpResponse metrics(HttpRequest request, WorkerHost host) {
    if (request.query("shard") != null) {
      HttpResponse one = ask(request, host, "getMetrics", JsonText.of("{}"));
      return one;
    }
    JsonText all = everyShard(host, false);
    return RpcResponses.json(200, all);
  }

  private HttpResponse traffic(HttpRequest request, WorkerHost host) {
    JsonText all = everyShard(host, true);
    return RpcResponses.json(200, all);
  }

  private JsonText everyShard(WorkerHost host, boolean requestsOnly) {
    Map<String, List<Value>> known = known(host, defaultShardKey);
    List<String> keys = new ArrayList<>(new TreeSet<>(known.keySet()));
    String body = "{\"functionPath\":\"" + ShardRequests.ADMIN_PREFIX + "getMetrics\"}";
    List<ShardPost> posts = new ArrayList<>();
    for (String key : keys) {
      posts.add(new ShardPost(key, ShardRequests.ADMIN_PATH, IdentityHeaders.ofAdmin(), body));
    }
    List<ShardReply> replies = host.shards().postAll(posts, AT_ONCE, TIMEOUT_MS);
    JsonWriter shards = new JsonWriter();
    int ok = 0;
    for (int i = 0; i < keys.size(); i++) {
      Value.Obj metrics = metricsOf(replies.get(i));
      shards.raw(i == 0 ? "{\"shardKey\":" : ",{\"shardKey\":").string(keys.get(i));
      if (metrics == null) {
        shards.raw(",\"error\":\"did not answer\"}");
        continue;
      }
      ok++;
      for (Map.Entry<String, Value> each : metrics.fields().entrySet()) {
        if (!requestsOnly || each.getKey().equals("requests")) {
          shards.raw(",").string(each.getKey()).raw(":");
          Json.write(each.getValue(), shards);
        }
      }
      shards.raw("}");
    }
    JsonWriter json = new JsonWriter().raw("{\"ok\":").number(ok);
    json.raw(",\"failed\":").number(keys.size() - ok).raw(",\"shards\":[");
    return json.json(shards.finish()).raw("]}").finish();
  }

  private static Value.@Nullable Obj metricsOf(ShardReply reply) {
    return reply instanceof ShardReply.Answered answered
            && answered.status() == 200
            && Json.read(answered.body()) instanceof Value.Obj object
            && object.fields().get("result") instanceof Value.Obj metrics
        ? metrics
        : null;
  }

  private static HttpResponse audit(HttpRequest request, WorkerHost host) {
    int limit = AdminInput.number(request, "limit", 100, 1, 500);
    int before = AdminInput.number(request, "before", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    JsonText entries = recorded(limit, before, host);
    return RpcResponses.json(200, entries);
  }

  private static HttpResponse.Json auditOp(Value.Obj args, WorkerHost host) {
    InputFields given = new InputFields(args);
    int limit = given.number("limit", 100, 1, 500);
    int before = given.number("before", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
    JsonText entries = recorded(limit, before, host);
    return CatalogRoutes.result(entries);
  }

  private static JsonText recorded(int limit, double before, WorkerHost host) {
    JsonWriter body = new JsonWriter().raw("{\"limit\":").number(limit);
    body.raw(",\"before\":").number(before);
    JsonText entries = RegistryClient.ask(host, "/audit/list", body.raw("}").finish());
    return entries;
  }
}
