package lunora.edge;

import java.util.List;
import java.util.Map;
import lunora.auth.IdentityHeaders;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.host.remote.WorkerHost;
import lunora.registry.RegistryClient;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.scheduler.SchedulerClient;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Whether a deployment works (protocol section 1): {@code /_lunora/health} asks its shards, its
 * scheduler and its registry, {@code /_lunora/health/ready} only what no call can do without. For
 * everybody, so it says no more than that, and asks at most once a second.
 */
final class HealthRoute {

  static final String PATH = "/_lunora/health";
  static final String READY_PATH = "/_lunora/health/ready";

  private static final long TIMEOUT_MS = 2_000;
  private static final long KEPT_MS = 1_000;

  private final String defaultShardKey;
  private @Nullable Found health;
  private @Nullable Found ready;

  HealthRoute(String defaultShardKey) {
    this.defaultShardKey = defaultShardKey;
  }

  /** What was found, and when. */
  private record Found(long atMs, int status, JsonText body) {

    boolean isFresh(long nowMs) {
      return nowMs - atMs < KEPT_MS;
    }
  }

  /** Answers with 200, or 503 when something that is needed does not work. May suspend. */
  HttpResponse answer(HttpRequest request, WorkerHost host) {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return new HttpResponse.Plain(405, Map.of("allow", "GET, HEAD"), "");
    }
    boolean all = request.path().equals(PATH);
    long nowMs = host.clock().nowMs();
    Found known = all ? health : ready;
    if (known == null || !known.isFresh(nowMs)) {
      known = look(all, nowMs, host);
      if (all) {
        health = known;
      } else {
        ready = known;
      }
    }
    if (request.method().equals("HEAD")) {
      return new HttpResponse.Plain(known.status(), RpcResponses.HEADERS, "");
    }
    return RpcResponses.json(known.status(), known.body());
  }

  private Found look(boolean all, long nowMs, WorkerHost host) {
    boolean shards = shardsWork(host);
    JsonWriter json = new JsonWriter().raw("{\"status\":");
    boolean others = true;
    JsonWriter checks = new JsonWriter();
    write("shards", shards ? "up" : "down", true, checks);
    if (all) {
      String scheduler = state(SchedulerClient.BINDING, SchedulerClient.INSTANCE, "/status", host);
      String registry = state(RegistryClient.BINDING, RegistryClient.INSTANCE, "/health", host);
      write("scheduler", scheduler, false, checks.raw(","));
      write("registry", registry, false, checks.raw(","));
      others = !scheduler.equals("down") && !registry.equals("down");
    }
    json.raw(shards ? others ? "\"ok\"" : "\"degraded\"" : "\"down\"");
    json.raw(",\"checks\":[").json(checks.finish()).raw("]}");
    return new Found(nowMs, shards ? 200 : 503, json.finish());
  }

  private static void write(String name, String state, boolean critical, JsonWriter json) {
    json.raw("{\"name\":").string(name).raw(",\"status\":").string(state);
    json.raw(",\"critical\":").raw(String.valueOf(critical)).raw("}");
  }

  private boolean shardsWork(WorkerHost host) {
    String body = "{\"functionPath\":\"" + ShardRequests.ADMIN_PREFIX + "ping\"}";
    ShardPost ping =
        new ShardPost(defaultShardKey, ShardRequests.ADMIN_PATH, IdentityHeaders.ofAdmin(), body);
    try {
      List<ShardReply> replies = host.shards().postAll(List.of(ping), 1, TIMEOUT_MS);
      return replies.get(0) instanceof ShardReply.Answered answered && answered.status() == 200;
    } catch (LunoraException e) {
      return false;
    }
  }

  /** Whether an object answers at all: up, down, or not bound. */
  private static String state(String binding, String instance, String path, WorkerHost host) {
    ShardNamespace objects;
    try {
      objects = host.objects(binding);
    } catch (LunoraException e) {
      return "unbound";
    }
    ShardPost ping = new ShardPost(instance, path, Map.of(), "{}");
    List<ShardReply> replies = objects.postAll(List.of(ping), 1, TIMEOUT_MS);
    return replies.get(0) instanceof ShardReply.Answered ? "up" : "down";
  }
}
