package lunora.changes;

import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.Bindings;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The boards of a deployment, one object for each global table, of the class that also keeps the
 * registry of shards. Everything may suspend.
 */
public final class ChangeBoard {

  /** How the names of the objects begin. */
  public static final String INSTANCE_PREFIX = "__lunora_board__:";

  static final String WATCH = "/watch";
  static final String CHANGED = "/changed";

  private static final String BINDING = "SHARD_REGISTRY";

  private ChangeBoard() {}

  /**
   * Has a shard told of changes to a table from now on.
   *
   * @return from which bookmark on the last change is seen; null where none is known
   * @throws LunoraException {@code MISCONFIGURED} where no board is bound
   */
  public static @Nullable String watch(Bindings bindings, String table, String shardKey) {
    JsonText body = new JsonWriter().raw("{\"shardKey\":").string(shardKey).raw("}").finish();
    HttpResponse.Json answer = post(bindings, table, WATCH, body);
    Value read = Json.read(answer.body().toString());
    return read instanceof Value.Obj object
            && object.fields().get("bookmark") instanceof Value.Str bookmark
        ? bookmark.value()
        : null;
  }

  /**
   * Tells the board of a table that it was written to past all functions.
   *
   * @param bookmark from which on that is seen; null where it is not known
   * @throws LunoraException {@code MISCONFIGURED} where no board is bound
   */
  public static void changed(Bindings bindings, String table, @Nullable String bookmark) {
    changed(bindings, new Change(table, bookmark));
  }

  /** Tells the table's board of a change. */
  static void changed(Bindings bindings, Change change) {
    post(bindings, change.table(), CHANGED, change.text());
  }

  private static HttpResponse.Json post(
      Bindings bindings, String table, String path, JsonText body) {
    HttpResponse.Json answer =
        bindings.objects(BINDING).post(INSTANCE_PREFIX + table, path, Map.of(), body.toString());
    if (answer.status() != 200) {
      throw new LunoraException(
          ErrorCode.SHARD_ERROR, "the board of " + table + " answered " + answer.status());
    }
    return answer;
  }
}
