package lunora.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a batch: {@code {"calls":[{"functionPath", "args"?, "id"?, "shardKey"?,
 * "mutationId"?, "clientId"?, "clientSeq"?}]}}. The Worker and the shards read it alike.
 */
public record BatchEnvelope(List<Entry> entries) {

  /** The most calls of a batch. */
  public static final int CALLS_MAX = 500;

  /**
   * The largest batch a shard reads, in bytes. What the Worker passes on may be longer than what it
   * read: numbers are written out and every entry gets its id.
   */
  public static final int SHARD_BODY_BYTES_MAX = 8 * RpcEnvelope.BODY_BYTES_MAX;

  /**
   * One call of a batch.
   *
   * @param id by which its answer is found: the client's number, else its place in the batch
   */
  public record Entry(double id, RpcEnvelope call, ReplayKey replay) {}

  /**
   * Reads a body.
   *
   * @throws LunoraException {@code BAD_REQUEST} that says what is wrong with it
   */
  public static BatchEnvelope read(String body) {
    Value json;
    try {
      json = Json.read(body);
    } catch (WireFormatException e) {
      throw RpcEnvelope.refused("RPC body must be valid JSON: " + e.getMessage());
    }
    if (!(json instanceof Value.Obj object)
        || !(object.fields().get("calls") instanceof Value.Arr calls)) {
      throw RpcEnvelope.refused("RPC batch `calls` must be an array");
    }
    if (calls.items().size() > CALLS_MAX) {
      throw new LunoraException(
          ErrorCode.BAD_REQUEST, "RPC batch exceeds the " + CALLS_MAX + "-call limit");
    }
    List<Entry> entries = new ArrayList<>(calls.items().size());
    for (Value call : calls.items()) {
      entries.add(entry(call, entries.size()));
    }
    return new BatchEnvelope(entries);
  }

  private static Entry entry(Value call, int place) {
    if (!(call instanceof Value.Obj object)) {
      throw RpcEnvelope.refused("RPC batch call " + place + " must be an object");
    }
    Map<String, Value> fields = object.fields();
    if (!(fields.get("functionPath") instanceof Value.Str path)) {
      throw RpcEnvelope.refused("RPC batch call " + place + " is missing `functionPath`");
    }
    double id = fields.get("id") instanceof Value.Num number ? number.value() : place;
    Value.Obj args = RpcEnvelope.args(fields.get("args"));
    RpcEnvelope envelope = new RpcEnvelope(path.value(), args, text(fields.get("shardKey")), null);
    Long sequence =
        fields.get("clientSeq") instanceof Value.Num number
            ? ReplayKey.sequence(number.value())
            : null;
    ReplayKey replay =
        new ReplayKey(text(fields.get("mutationId")), text(fields.get("clientId")), sequence);
    return new Entry(id, envelope, replay);
  }

  private static @Nullable String text(@Nullable Value value) {
    return value instanceof Value.Str text ? text.value() : null;
  }

  /** Writes the body of a batch with these entries, each with its id. */
  public static void write(List<Entry> entries, JsonSink sink) {
    sink.raw("{\"calls\":[");
    String before = "";
    for (Entry entry : entries) {
      write(entry, sink.raw(before));
      before = ",";
    }
    sink.raw("]}");
  }

  private static void write(Entry entry, JsonSink sink) {
    sink.raw("{\"id\":").number(entry.id());
    sink.raw(",\"functionPath\":").string(entry.call().functionPath());
    writeText(",\"mutationId\":", entry.replay().mutationId(), sink);
    writeText(",\"clientId\":", entry.replay().clientId(), sink);
    Long sequence = entry.replay().clientSeq();
    if (sequence != null) {
      sink.raw(",\"clientSeq\":").number(sequence);
    }
    Json.write(entry.call().args(), sink.raw(",\"args\":"));
    sink.raw("}");
  }

  private static void writeText(String key, @Nullable String value, JsonSink sink) {
    if (value != null) {
      sink.raw(key).string(value);
    }
  }
}
