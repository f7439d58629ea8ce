package lunora.queue;

import java.util.Map;
import lunora.host.inbound.QueueMessage;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * A message as it travels: {@code {"lunora":1,"id","shardKey","message"}}. A message of anybody
 * else is taken as it is, under the id that the platform gave it.
 *
 * @param shardKey whose mutation sent it; null for the default shard
 * @param message in wire form
 */
record Envelope(String id, @Nullable String shardKey, JsonText message) {

  private static final double VERSION = 1;

  void write(JsonSink sink) {
    sink.raw("{\"lunora\":1,\"id\":").string(id);
    if (shardKey != null) {
      sink.raw(",\"shardKey\":").string(shardKey);
    }
    sink.raw(",\"message\":").json(message).raw("}");
  }

  /**
   * Reads what arrived.
   *
   * @throws lunora.error.LunoraException {@code INVALID_INPUT} when it is no JSON
   */
  static Envelope read(QueueMessage arrived) {
    JsonText body = arrived.body();
    Value json = Json.read(body.toString());
    if (json instanceof Value.Obj object) {
      Map<String, Value> fields = object.fields();
      Value message = fields.get("message");
      if (fields.get("lunora") instanceof Value.Num version
          && version.value() == VERSION
          && fields.get("id") instanceof Value.Str id
          && message != null) {
        String shardKey = fields.get("shardKey") instanceof Value.Str key ? key.value() : null;
        return new Envelope(id.value(), shardKey, JsonText.of(JsonWriter.print(message)));
      }
    }
    return new Envelope(arrived.id(), null, body);
  }
}
