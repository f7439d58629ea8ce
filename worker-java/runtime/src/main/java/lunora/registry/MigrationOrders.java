package lunora.registry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.remote.Bindings;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.outbox.Destination;
import lunora.outbox.Effect;
import lunora.outbox.Outbox;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Has every shard run a migration: an order is an effect of the registry's outbox for each of them,
 * so that it reaches all without whoever asked, and again whoever was out of reach. Shards that are
 * listed later are told then. Only {@link #deliver} may suspend.
 */
final class MigrationOrders implements Destination {

  private static final String KIND = "migrate";
  private static final int AT_ONCE = 6;
  private static final long TIMEOUT_MS = 30_000;

  private final ShardHost host;
  private final RegistryStore shards;
  private final MigrationLedger ledger;
  private final Outbox outbox;

  MigrationOrders(ShardHost host, RegistryStore shards, Outbox outbox) {
    this.host = host;
    this.shards = shards;
    this.ledger = new MigrationLedger(host.sql());
    this.outbox = outbox;
  }

  /** Answers a request below {@code /migrations}; null for another one. */
  @Nullable JsonText answer(String path, Value.Obj parameters) {
    return switch (path) {
      case "/migrations" -> status();
      case "/migrations/run" -> run(parameters);
      case "/migrations/report" -> report(parameters);
      default -> null;
    };
  }

  private JsonText status() {
    JsonSink sink = host.texts().sink().raw("{\"shards\":");
    ledger.writeAll(sink);
    return sink.raw("}").finish();
  }

  private JsonText run(Value.Obj parameters) {
    String id = text(parameters, "id");
    String direction = text(parameters, "direction");
    Set<String> keys = new LinkedHashSet<>(shards.shardKeys());
    if (parameters.fields().get("shardKeys") instanceof Value.Arr more) {
      for (Value key : more.items()) {
        if (key instanceof Value.Str text) {
          keys.add(text.value());
        }
      }
    }
    ledger.order(id, direction, host.clock().nowMs());
    JsonSink sink = host.texts().sink().raw("{\"shardKeys\":[");
    String before = "";
    for (String key : keys) {
      order(id, direction, key);
      sink.raw(before).string(key);
      before = ",";
    }
    return sink.raw("]}").finish();
  }

  /** A shard is listed: what was ordered before it was is ordered to it as well. */
  void listed(String shardKey) {
    for (Map.Entry<String, String> order : ledger.orders().entrySet()) {
      if (!ledger.knows(order.getKey(), shardKey)) {
        order(order.getKey(), order.getValue(), shardKey);
      }
    }
  }

  private void order(String id, String direction, String shardKey) {
    ledger.ordered(id, shardKey, direction);
    JsonWriter payload = new JsonWriter().raw("{\"id\":").string(id);
    payload.raw(",\"direction\":").string(direction);
    JsonText text = payload.raw(",\"shardKey\":").string(shardKey).raw("}").finish();
    outbox.add(KIND, new Effect(id + "@" + shardKey, text));
  }

  private JsonText report(Value.Obj parameters) {
    ledger.reached(
        reached(
            text(parameters, "id"),
            text(parameters, "shardKey"),
            text(parameters, "direction"),
            parameters),
        false);
    return JsonText.of("{\"ok\":true}");
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void deliver(List<Effect> effects, Bindings bindings) {
    List<Value.Obj> orders = new ArrayList<>();
    List<ShardPost> posts = new ArrayList<>();
    for (Effect effect : effects) {
      if (Json.read(effect.payload().toString()) instanceof Value.Obj order && holds(order)) {
        orders.add(order);
        posts.add(post(order));
      }
    }
    ShardNamespace namespace = bindings.shards();
    List<ShardReply> replies = namespace.postAll(posts, AT_ONCE, TIMEOUT_MS);
    for (int i = 0; i < replies.size(); i++) {
      answered(orders.get(i), replies.get(i));
    }
  }

  /** One that a later order took back meanwhile is not to come after that. */
  private boolean holds(Value.Obj order) {
    return ledger.holds(text(order, "id"), text(order, "shardKey"), text(order, "direction"));
  }

  private static ShardPost post(Value.Obj order) {
    JsonWriter body = new JsonWriter().raw("{\"functionPath\":");
    body.string(ShardRequests.ADMIN_PREFIX + "runMigration").raw(",\"args\":");
    Json.write(order, body);
    String text = body.raw("}").finish().toString();
    return new ShardPost(text(order, "shardKey"), ShardRequests.ADMIN_PATH, Map.of(), text);
  }

  /** An answer of any kind is an answer; without one the order is given again later. */
  private void answered(Value.Obj order, ShardReply reply) {
    String id = text(order, "id");
    String shardKey = text(order, "shardKey");
    if (!(reply instanceof ShardReply.Answered answered)) {
      throw new LunoraException(
          ErrorCode.SHARD_UNAVAILABLE, "shard " + shardKey + " did not hear of migration " + id);
    }
    Value body = Json.read(answered.body());
    Value.Obj object = body instanceof Value.Obj read ? read : new Value.Obj(Map.of());
    if (answered.status() == ErrorCode.SERVICE_UNAVAILABLE.status()) {
      throw new LunoraException(ErrorCode.SHARD_UNAVAILABLE, "shard " + shardKey + ": " + answered);
    }
    if (object.fields().get("result") instanceof Value.Obj result) {
      ledger.reached(reached(id, shardKey, text(order, "direction"), result), true);
    } else {
      ledger.reached(refused(order, object), true);
    }
  }

  private static MigrationLedger.Reached refused(Value.Obj order, Value.Obj body) {
    String message = "the shard refused";
    if (body.fields().get("error") instanceof Value.Obj error
        && error.fields().get("message") instanceof Value.Str text) {
      message = text.value();
    }
    return new MigrationLedger.Reached(
        text(order, "id"),
        text(order, "shardKey"),
        text(order, "direction"),
        "failed",
        0,
        0,
        message);
  }

  /**
   * What a shard said.
   *
   * @param direction of the order: one that has nothing to undo names the other
   */
  private static MigrationLedger.Reached reached(
      String id, String shardKey, String direction, Value.Obj said) {
    return new MigrationLedger.Reached(
        id,
        shardKey,
        direction,
        text(said, "status"),
        number(said, "processed"),
        number(said, "changed"),
        said.fields().get("error") instanceof Value.Str error ? error.value() : null);
  }

  private static double number(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Num number ? number.value() : 0;
  }

  private static String text(Value.Obj object, String name) {
    if (object.fields().get(name) instanceof Value.Str text) {
      return text.value();
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "`" + name + "` must be a string");
  }
}
