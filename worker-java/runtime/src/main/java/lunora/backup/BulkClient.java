package lunora.backup;

import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardNamespace;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.Value;

/** Asks shards for {@code BulkRequests}. Everything may suspend. */
final class BulkClient {

  private BulkClient() {}

  /**
   * A shard's answer, unread.
   *
   * @throws LunoraException what the shard refuses, or {@code SHARD_UNAVAILABLE}
   */
  static JsonText text(ShardNamespace shards, String shardKey, String path, JsonText body) {
    HttpResponse.Json answer = shards.post(shardKey, path, Map.of(), body.toString());
    if (answer.status() != 200) {
      throw refusal(answer.status(), answer.body());
    }
    return answer.body();
  }

  /** The same, read. */
  static Map<String, Value> ask(
      ShardNamespace shards, String shardKey, String path, JsonText body) {
    JsonText text = text(shards, shardKey, path, body);
    return read(text);
  }

  static Map<String, Value> read(JsonText text) {
    return Json.read(text.toString()) instanceof Value.Obj object ? object.fields() : Map.of();
  }

  private static LunoraException refusal(int status, JsonText body) {
    if (read(body).get("error") instanceof Value.Obj error
        && error.fields().get("code") instanceof Value.Str code
        && error.fields().get("message") instanceof Value.Str message) {
      return new LunoraException(code.value(), status, message.value());
    }
    return new LunoraException(ErrorCode.SHARD_ERROR, "the shard answered " + status);
  }

  /** Whether it says that nothing was changed; what was sent and not answered may have been. */
  static boolean isRefusal(RuntimeException failure) {
    return failure instanceof LunoraException refusal && refusal.status() < 500;
  }

  static String text(Map<String, Value> fields, String name) {
    return fields.get(name) instanceof Value.Str text ? text.value() : "";
  }

  static double number(Map<String, Value> fields, String name) {
    return fields.get(name) instanceof Value.Num number ? number.value() : 0;
  }
}
