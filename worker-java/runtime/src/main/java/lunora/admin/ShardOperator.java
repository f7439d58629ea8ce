package lunora.admin;

import java.util.Map;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardNamespace;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/** Asks a shard for the operations of {@code lunora.inspect}. Everything may suspend. */
public final class ShardOperator {

  private ShardOperator() {}

  /**
   * Has a shard carry out an operation, and gives its answer as it came: {@code {"result":...}} or
   * {@code {"error":...}}.
   *
   * @param args a JSON object, in wire form
   * @throws LunoraException {@code SHARD_UNAVAILABLE} when the shard cannot be reached
   */
  public static HttpResponse.Json post(
      ShardNamespace shards, String shardKey, String operation, JsonText args) {
    JsonWriter body = new JsonWriter();
    body.raw("{\"functionPath\":").string(ShardRequests.ADMIN_PREFIX + operation);
    JsonText text = body.raw(",\"args\":").json(args).raw("}").finish();
    HttpResponse.Json answer =
        shards.post(shardKey, ShardRequests.ADMIN_PATH, IdentityHeaders.ofAdmin(), text.toString());
    return answer;
  }

  /**
   * The same, read: the {@code result} as JSON, in wire form.
   *
   * @throws LunoraException what the shard refuses
   */
  public static Value ask(ShardNamespace shards, String shardKey, String operation, JsonText args) {
    HttpResponse.Json answer = post(shards, shardKey, operation, args);
    Value json = Json.read(answer.body().toString());
    Value.Obj object = json instanceof Value.Obj read ? read : new Value.Obj(Map.of());
    Value result = object.fields().get("result");
    if (answer.status() == 200 && result != null) {
      return result;
    }
    throw refusal(answer.status(), object);
  }

  private static LunoraException refusal(int status, Value.Obj body) {
    if (body.fields().get("error") instanceof Value.Obj error
        && error.fields().get("code") instanceof Value.Str code
        && error.fields().get("message") instanceof Value.Str message) {
      return new LunoraException(code.value(), status, message.value());
    }
    return new LunoraException(ErrorCode.SHARD_ERROR, "the shard answered " + status);
  }
}
