package lunora.admin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.DataMigration;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.host.remote.WorkerHost;
import lunora.registry.RegistryClient;
import lunora.rpc.InputFields;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Migrations of rows in all shards (protocol section 1): {@code POST migrate} has the registry
 * order them and answers before they are done, or tries them out; {@code POST migrate/status} tells
 * how far they are.
 */
public final class MigrationRoutes {

  private static final String ROOT = "/_lunora/migrate";
  private static final int AT_ONCE = 6;
  private static final long TIMEOUT_MS = 30_000;

  private final List<DataMigration<?>> declared;
  private final String defaultShardKey;

  private MigrationRoutes(List<DataMigration<?>> declared, String defaultShardKey) {
    this.declared = declared;
    this.defaultShardKey = defaultShardKey;
  }

  /** Adds them to the plane. */
  public static void add(
      AdminRoutes routes, List<DataMigration<?>> declared, String defaultShardKey) {
    MigrationRoutes own = new MigrationRoutes(declared, defaultShardKey);
    routes.add("POST " + ROOT, own::run).add("POST migrate", own::run);
    routes.add("POST " + ROOT + "/status", own::status).add("POST migrate/status", own::status);
  }

  private HttpResponse run(HttpRequest request, WorkerHost host) {
    Value.Obj body = AdminInput.optionalBody(request);
    InputFields asked = new InputFields(body);
    String id = asked.textOrNull("id");
    if (id == null || id.isEmpty()) {
      throw new LunoraException(ErrorCode.MIGRATION_ID_REQUIRED, "send the migration's `id`");
    }
    String direction = direction(asked.textOrNull("direction"), require(id));
    Set<String> keys = new LinkedHashSet<>();
    keys.add(defaultShardKey);
    List<String> named = asked.textsOrNull("shardKeys");
    if (named != null) {
      keys.addAll(named);
    }
    boolean dry = asked.flag("dryRun", false);
    if (dry) {
      return tryOut(id, direction, keys, host);
    }
    return order(id, direction, keys, host);
  }

  private static HttpResponse order(
      String id, String direction, Set<String> keys, WorkerHost host) {
    JsonWriter order = new JsonWriter().raw("{\"id\":").string(id);
    order.raw(",\"direction\":").string(direction).raw(",\"shardKeys\":");
    write(keys, order);
    JsonText text = order.raw("}").finish();
    JsonText answer = RegistryClient.ask(host, "/migrations/run", text);
    List<String> told = new InputFields(read(answer)).texts("shardKeys");
    JsonSink sink = begin(id, direction, false).raw(",\"status\":\"running\",\"shards\":");
    write(told, sink);
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private static HttpResponse tryOut(
      String id, String direction, Set<String> keys, WorkerHost host) {
    JsonText listed = RegistryClient.ask(host, "/snapshot", JsonText.of("{}"));
    if (read(listed).fields().get("shards") instanceof Value.Arr shards) {
      for (Value shard : shards.items()) {
        if (shard instanceof Value.Obj row
            && row.fields().get("shardKey") instanceof Value.Str key) {
          keys.add(key.value());
        }
      }
    }
    List<ShardPost> posts = new ArrayList<>();
    for (String key : keys) {
      JsonWriter call = new JsonWriter().raw("{\"functionPath\":");
      call.string(ShardRequests.ADMIN_PREFIX + "runMigration").raw(",\"args\":{\"id\":");
      call.string(id).raw(",\"direction\":").string(direction);
      String text = call.raw(",\"dryRun\":true}}").finish().toString();
      posts.add(new ShardPost(key, ShardRequests.ADMIN_PATH, IdentityHeaders.ofAdmin(), text));
    }
    ShardNamespace namespace = host.shards();
    List<ShardReply> replies = namespace.postAll(posts, AT_ONCE, TIMEOUT_MS);
    return tried(begin(id, direction, true), posts, replies);
  }

  private static HttpResponse tried(
      JsonSink sink, List<ShardPost> posts, List<ShardReply> replies) {
    double processed = 0;
    double changed = 0;
    String status = "pending";
    sink.raw(",\"shards\":[");
    for (int i = 0; i < posts.size(); i++) {
      Value.Obj result = result(replies.get(i));
      processed += number(result, "processed");
      changed += number(result, "changed");
      status = "failed".equals(AdminInput.textOrNull(result, "status")) ? "failed" : status;
      sink.raw(i == 0 ? "{\"shardKey\":" : ",{\"shardKey\":").string(posts.get(i).shardKey());
      for (String name : List.of("status", "processed", "changed", "hasMore", "error")) {
        Value value = result.fields().get(name);
        if (value != null) {
          sink.raw(",").string(name).raw(":");
          Json.write(value, sink);
        }
      }
      sink.raw("}");
    }
    sink.raw("],\"status\":").string(status).raw(",\"processed\":").number(processed);
    return RpcResponses.json(200, sink.raw(",\"changed\":").number(changed).raw("}").finish());
  }

  private static Value.Obj result(ShardReply reply) {
    String message = "the shard did not answer";
    if (reply instanceof ShardReply.Answered answered
        && Json.read(answered.body()) instanceof Value.Obj body) {
      if (body.fields().get("result") instanceof Value.Obj result) {
        return result;
      }
      if (body.fields().get("error") instanceof Value.Obj error) {
        message = String.valueOf(AdminInput.textOrNull(error, "message"));
      }
    }
    return new Value.Obj(
        Map.of("status", new Value.Str("failed"), "error", new Value.Str(message)));
  }

  private HttpResponse status(HttpRequest request, WorkerHost host) {
    Value.Obj asked = AdminInput.optionalBody(request);
    String id = AdminInput.textOrNull(asked, "id");
    List<DataMigration<?>> wanted = id == null ? declared : List.of(require(id));
    JsonText answer = RegistryClient.ask(host, "/migrations", JsonText.of("{}"));
    Value shards = read(answer).fields().get("shards");
    List<Value> rows = shards instanceof Value.Arr list ? list.items() : List.of();
    JsonSink sink = new JsonWriter().raw("{\"migrations\":[");
    String before = "";
    for (DataMigration<?> migration : wanted) {
      sink.raw(before);
      MigrationState.of(migration, rows).write(sink);
      before = ",";
    }
    return RpcResponses.json(200, sink.raw("]}").finish());
  }

  private static String direction(@Nullable String given, DataMigration<?> migration) {
    String direction = given == null ? "up" : given;
    if (direction.equals("down") && migration.down() == null) {
      throw new LunoraException(
              ErrorCode.UNPROCESSABLE, "migration " + migration.id() + " cannot be rolled back")
          .withHint("give it a rollback function, or write a migration that goes the other way");
    }
    if (!direction.equals("up") && !direction.equals("down")) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "`direction` is up or down");
    }
    return direction;
  }

  private DataMigration<?> require(String id) {
    for (DataMigration<?> migration : declared) {
      if (migration.id().equals(id)) {
        return migration;
      }
    }
    throw new LunoraException(ErrorCode.MIGRATION_NOT_FOUND, "there is no migration " + id);
  }

  private static JsonSink begin(String id, String direction, boolean dry) {
    JsonSink sink = new JsonWriter().raw("{\"id\":").string(id);
    sink.raw(",\"direction\":").string(direction);
    return sink.raw(dry ? ",\"dryRun\":true" : ",\"dryRun\":false");
  }

  private static void write(Iterable<String> keys, JsonSink sink) {
    sink.raw("[");
    String before = "";
    for (String key : keys) {
      sink.raw(before).string(key);
      before = ",";
    }
    sink.raw("]");
  }

  private static Value.Obj read(JsonText answer) {
    return Json.read(answer.toString()) instanceof Value.Obj object
        ? object
        : new Value.Obj(Map.of());
  }

  private static double number(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Num number ? number.value() : 0;
  }
}
