package lunora.registry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.Bindings;
import lunora.host.remote.ShardNamespace;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Asks a deployment's registry of shards. Everything may suspend. */
public final class RegistryClient {

  /** The binding of the registry's class in {@code wrangler.jsonc}. */
  public static final String BINDING = "SHARD_REGISTRY";

  /** The one object of that class. */
  public static final String INSTANCE = "__lunora_shard_registry__";

  private RegistryClient() {}

  /**
   * Tells the registry of a shard.
   *
   * @return false where none is bound
   */
  static boolean register(Bindings bindings, Report report) {
    ShardNamespace registries = find(bindings);
    if (registries == null) {
      return false;
    }
    JsonWriter body = new JsonWriter().raw("{\"table\":").string(report.table());
    body.raw(",\"shardKey\":").string(report.shardKey());
    body.raw(",\"rows\":").number(report.rows());
    JsonText text = body.raw(",\"usedAt\":").number(report.usedMs()).raw("}").finish();
    HttpResponse.Json answer = registries.post(INSTANCE, "/register", Map.of(), text.toString());
    require(answer);
    return true;
  }

  /**
   * The shards that hold or held rows of a table, in the order of their keys.
   *
   * @throws LunoraException {@code MISCONFIGURED} where no registry is bound
   */
  public static List<String> shardKeys(Bindings bindings, String table) {
    ShardNamespace registries = find(bindings);
    if (registries == null) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "wrangler.jsonc binds no " + BINDING);
    }
    JsonText text = new JsonWriter().raw("{\"table\":").string(table).raw("}").finish();
    HttpResponse.Json answer = registries.post(INSTANCE, "/list", Map.of(), text.toString());
    require(answer);
    List<String> keys = new ArrayList<>();
    if (Json.read(answer.body().toString()) instanceof Value.Obj object
        && object.fields().get("shardKeys") instanceof Value.Arr list) {
      for (Value item : list.items()) {
        if (item instanceof Value.Str key) {
          keys.add(key.value());
        }
      }
    }
    return keys;
  }

  /** Tells the registry something; where none is bound nobody hears it. */
  public static void tell(Bindings bindings, String path, String body) {
    ShardNamespace registries = find(bindings);
    if (registries != null) {
      HttpResponse.Json answer = registries.post(INSTANCE, path, Map.of(), body);
      require(answer);
    }
  }

  /**
   * The shards that hold or held rows of any of these tables, of any at all where none is named.
   *
   * @throws LunoraException {@code MISCONFIGURED} where no registry is bound
   */
  public static Set<String> shardKeysOf(Bindings bindings, List<String> tables) {
    Set<String> keys = new LinkedHashSet<>();
    ShardNamespace registries = bindings.objects(BINDING);
    HttpResponse.Json answer = registries.post(INSTANCE, "/snapshot", Map.of(), "{}");
    require(answer);
    if (Json.read(answer.body().toString()) instanceof Value.Obj object
        && object.fields().get("shards") instanceof Value.Arr list) {
      for (Value item : list.items()) {
        if (item instanceof Value.Obj use
            && use.fields().get("table") instanceof Value.Str table
            && use.fields().get("shardKey") instanceof Value.Str key
            && (tables.isEmpty() || tables.contains(table.value()))) {
          keys.add(key.value());
        }
      }
    }
    return keys;
  }

  /** Tells the registry of a shard that is about to get rows of a table. */
  public static void announce(Bindings bindings, String table, String shardKey) {
    ShardNamespace registries = find(bindings);
    if (registries != null) {
      JsonWriter body = new JsonWriter().raw("{\"table\":").string(table);
      JsonText text = body.raw(",\"shardKey\":").string(shardKey).raw("}").finish();
      HttpResponse.Json answer = registries.post(INSTANCE, "/register", Map.of(), text.toString());
      require(answer);
    }
  }

  /**
   * Adds a row to the record of what operators did.
   *
   * @param row a JSON object
   * @return its number, or 0 where no registry is bound
   */
  public static long audit(Bindings bindings, JsonText row) {
    ShardNamespace registries = find(bindings);
    if (registries == null) {
      return 0;
    }
    HttpResponse.Json answer = registries.post(INSTANCE, "/audit", Map.of(), row.toString());
    require(answer);
    return Json.read(answer.body().toString()) instanceof Value.Obj object
            && object.fields().get("seq") instanceof Value.Num seq
        ? (long) seq.value()
        : 0;
  }

  /**
   * Asks for something else; the answer as it came.
   *
   * @throws LunoraException {@code MISCONFIGURED} where no registry is bound
   */
  public static JsonText ask(Bindings bindings, String path, JsonText parameters) {
    ShardNamespace registries = bindings.objects(BINDING);
    HttpResponse.Json answer = registries.post(INSTANCE, path, Map.of(), parameters.toString());
    require(answer);
    return answer.body();
  }

  /** The same; null where no registry is bound. */
  public static @Nullable JsonText askIfBound(Bindings bindings, String path, JsonText parameters) {
    ShardNamespace registries = find(bindings);
    if (registries == null) {
      return null;
    }
    HttpResponse.Json answer = registries.post(INSTANCE, path, Map.of(), parameters.toString());
    require(answer);
    return answer.body();
  }

  private static void require(HttpResponse.Json answer) {
    if (answer.status() != 200) {
      throw new LunoraException(
          ErrorCode.SHARD_ERROR, "the registry of shards answered " + answer.status());
    }
  }

  private static @Nullable ShardNamespace find(Bindings bindings) {
    try {
      return bindings.objects(BINDING);
    } catch (LunoraException e) {
      return null;
    }
  }
}
