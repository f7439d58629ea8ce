package lunora.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * How far a connector has read: {@code {v: 1, s: {shard: seq}, e: {shard: epoch}}} in base64url, of
 * which it knows nothing. Never suspends.
 */
final class ConnectorCursor {

  private final Map<String, Value> seqs = new LinkedHashMap<>();
  private final Map<String, Value> epochs = new LinkedHashMap<>();

  private ConnectorCursor() {}

  /**
   * Reads what {@link #text} wrote; null is the beginning.
   *
   * @throws LunoraException {@code INVALID_INPUT}
   */
  static ConnectorCursor read(@Nullable String text) {
    ConnectorCursor cursor = new ConnectorCursor();
    if (text == null) {
      return cursor;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (Json.read(new String(bytes, StandardCharsets.UTF_8)) instanceof Value.Obj object
          && object.fields().get("v") instanceof Value.Num version
          && version.value() == 1
          && object.fields().get("s") instanceof Value.Obj seqs
          && object.fields().get("e") instanceof Value.Obj epochs) {
        cursor.seqs.putAll(seqs.fields());
        cursor.epochs.putAll(epochs.fields());
        return cursor;
      }
    } catch (IllegalArgumentException | WireFormatException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static LunoraException invalid() {
    return new LunoraException(ErrorCode.INVALID_INPUT, "`cursor` is of no answer of this route");
  }

  @Nullable Value seq(String shardKey) {
    return seqs.get(shardKey);
  }

  @Nullable Value epoch(String shardKey) {
    return epochs.get(shardKey);
  }

  /** Goes on to where a shard's answer ends. */
  void advance(String shardKey, Value.Obj answer) {
    Value seq = answer.fields().get("cursor");
    Value epoch = answer.fields().get("epoch");
    if (seq != null && epoch != null) {
      seqs.put(shardKey, seq);
      epochs.put(shardKey, epoch);
    }
  }

  String text() {
    JsonWriter json = new JsonWriter().raw("{\"v\":1,\"s\":");
    Json.write(new Value.Obj(seqs), json);
    Json.write(new Value.Obj(epochs), json.raw(",\"e\":"));
    byte[] bytes = json.raw("}").finish().toString().getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
