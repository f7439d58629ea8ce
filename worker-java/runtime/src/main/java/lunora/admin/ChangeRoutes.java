package lunora.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import lunora.auth.IdentityHeaders;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.host.remote.WorkerHost;
import lunora.rpc.InputFields;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * What was written to the shards, for those who copy it elsewhere (protocol section 15.3): {@code
 * sync} for who keeps a cursor for each shard, {@code connector/sync} for who keeps one text. Both
 * tell of shards only: global tables have no log. Everything may suspend.
 */
public final class ChangeRoutes {

  /** How many changes one answer of the connector has at most, and one shard's of the other. */
  private static final int LIMIT_MAX = 1_000;

  /** How many characters shards may have answered before no more of them are asked. */
  private static final int UNITS_MAX = 8_000_000;

  private static final int AT_ONCE = 6;
  private static final long TIMEOUT_MS = 10_000;

  private final String defaultShardKey;

  private ChangeRoutes(String defaultShardKey) {
    this.defaultShardKey = defaultShardKey;
  }

  /** Adds {@code sync} and {@code connector/sync}. */
  public static void add(AdminRoutes routes, String defaultShardKey) {
    ChangeRoutes changes = new ChangeRoutes(defaultShardKey);
    routes.add("POST sync", changes::sync);
    routes.add("POST connector/sync", changes::connector);
  }

  private HttpResponse sync(HttpRequest request, WorkerHost host) {
    Value.Obj body = AdminInput.optionalBody(request);
    InputFields asked = new InputFields(body);
    int limit = asked.number("limit", LIMIT_MAX, 1, LIMIT_MAX);
    Value.Obj cursors = asked.objectOrEmpty("cursors");
    Value.Obj epochs = asked.objectOrEmpty("epochs");
    List<String> keys = keys(host);
    JsonWriter json = new JsonWriter().raw("{\"shards\":[");
    long units = 0;
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      List<String> some = keys.subList(from, Math.min(from + AT_ONCE, keys.size()));
      List<ShardReply> replies = new ArrayList<>();
      if (units < UNITS_MAX) {
        List<ShardPost> posts = new ArrayList<>();
        for (String key : some) {
          Value cursor = cursors.fields().get(key);
          posts.add(post(key, args(cursor, epochs.fields().get(key), limit, body)));
        }
        replies = host.shards().postAll(posts, AT_ONCE, TIMEOUT_MS);
      }
      for (int i = 0; i < some.size(); i++) {
        ShardReply reply = replies.isEmpty() ? null : replies.get(i);
        units += reply instanceof ShardReply.Answered answered ? answered.body().length() : 0;
        json.raw(from + i == 0 ? "{\"shardKey\":" : ",{\"shardKey\":").string(some.get(i));
        write(reply, cursors.fields().getOrDefault(some.get(i), new Value.Num(0)), json);
        json.raw("}");
      }
    }
    return RpcResponses.json(200, json.raw("]}").finish());
  }

  private static ShardPost post(String shardKey, JsonText args) {
    String call = "{\"functionPath\":\"" + ShardRequests.ADMIN_PREFIX + "cdcSync\",\"args\":";
    return new ShardPost(
        shardKey, ShardRequests.ADMIN_PATH, IdentityHeaders.ofAdmin(), call + args + "}");
  }

  /** What a shard answered; null when it was not asked, since there was enough of others. */
  private static void write(@Nullable ShardReply reply, Value cursor, JsonWriter json) {
    Value.Obj result = reply == null ? null : resultOf(reply);
    if (result != null) {
      for (Map.Entry<String, Value> each : result.fields().entrySet()) {
        json.raw(",").string(each.getKey()).raw(":");
        Json.write(each.getValue(), json);
      }
      return;
    }
    Json.write(cursor, json.raw(",\"cursor\":"));
    if (reply == null) {
      json.raw(",\"changes\":[],\"hasMore\":true");
    } else {
      json.raw(",\"error\":").string(ApplyRoute.message(ApplyRoute.bodyOf(reply)));
    }
  }

  private static Value.@Nullable Obj resultOf(ShardReply reply) {
    return reply instanceof ShardReply.Answered answered
            && answered.status() == 200
            && Json.read(answered.body()) instanceof Value.Obj object
            && object.fields().get("result") instanceof Value.Obj result
        ? result
        : null;
  }

  /** One shard after the other, until the answer is full: the rest comes with the next. */
  private HttpResponse connector(HttpRequest request, WorkerHost host) {
    Value.Obj body = AdminInput.optionalBody(request);
    InputFields asked = new InputFields(body);
    int left = asked.number("limit", LIMIT_MAX, 1, LIMIT_MAX);
    ConnectorCursor cursor = ConnectorCursor.read(asked.textOrNull("cursor"));
    boolean more = false;
    JsonWriter json = new JsonWriter().raw("{\"changes\":[");
    List<String> reset = new ArrayList<>();
    String before = "";
    List<String> keys = keys(host);
    for (String key : keys) {
      if (left == 0) {
        more = true;
        break;
      }
      JsonText args = args(cursor.seq(key), cursor.epoch(key), left, body);
      Value result = ShardOperator.ask(host.shards(), key, "cdcSync", args);
      Value.Obj answer = (Value.Obj) result;
      cursor.advance(key, answer);
      more |= answer.fields().get("hasMore") instanceof Value.Bool has && has.value();
      if (answer.fields().containsKey("reset")) {
        reset.add(key);
      }
      for (Value change : ((Value.Arr) field(answer, "changes")).items()) {
        write((Value.Obj) change, json.raw(before));
        before = ",";
        left--;
      }
    }
    json.raw("],\"nextCursor\":").string(cursor.text());
    json.raw(",\"hasMore\":").raw(more ? "true" : "false");
    writeReset(reset, json);
    return RpcResponses.json(200, json.raw("}").finish());
  }

  private static void writeReset(List<String> reset, JsonWriter json) {
    if (reset.isEmpty()) {
      return;
    }
    String before = ",\"reset\":[";
    for (String key : reset) {
      json.raw(before).string(key);
      before = ",";
    }
    json.raw("]");
  }

  private static void write(Value.Obj change, JsonWriter json) {
    json.raw("{\"table\":");
    Json.write(field(change, "table"), json);
    json.raw(",\"op\":");
    Json.write(field(change, "op"), json);
    json.raw(",\"doc\":");
    Value doc = change.fields().get("doc");
    Json.write(doc == null ? new Value.Obj(Map.of("_id", field(change, "id"))) : doc, json);
    json.raw("}");
  }

  private static Value field(Value.Obj change, String name) {
    Value value = change.fields().get(name);
    if (value == null) {
      throw new IllegalStateException("a change without " + name);
    }
    return value;
  }

  private List<String> keys(WorkerHost host) {
    Map<String, List<Value>> known = ShardRoutes.known(host, defaultShardKey);
    return new ArrayList<>(new TreeSet<>(known.keySet()));
  }

  private static JsonText args(
      @Nullable Value seq, @Nullable Value epoch, int limit, Value.Obj body) {
    JsonWriter json = new JsonWriter().raw("{\"limit\":").number(limit);
    if (seq != null) {
      Json.write(seq, json.raw(",\"sinceSeq\":"));
    }
    if (epoch != null) {
      Json.write(epoch, json.raw(",\"epoch\":"));
    }
    Value tables = body.fields().get("tables");
    if (tables != null) {
      Json.write(tables, json.raw(",\"tables\":"));
    }
    return json.raw("}").finish();
  }
}
