package lunora.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardReply;
import lunora.rpc.RpcResponses;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** What came of asking many shards: the results of some, what was wrong with the others. */
final class Asked {

  private final Map<String, Value> results = new LinkedHashMap<>();
  private final List<Failure> failures = new ArrayList<>();

  /** A shard without a result. */
  private record Failure(String shardKey, String code, String message, boolean timedOut) {}

  /** Takes a shard's reply in. */
  void add(String shardKey, ShardReply reply) {
    if (reply instanceof ShardReply.Answered answered) {
      add(shardKey, answered);
    } else if (reply instanceof ShardReply.TimedOut) {
      String message = named(shardKey) + " timed out after " + ShardFanOut.TIMEOUT_MS + "ms";
      failures.add(new Failure(shardKey, ErrorCode.SHARD_TIMEOUT.name(), message, true));
    } else {
      fail(shardKey, ErrorCode.SHARD_UNAVAILABLE.name(), named(shardKey) + " cannot be reached");
    }
  }

  private void add(String shardKey, ShardReply.Answered answered) {
    Value body = read(answered.body());
    if (answered.status() == 200 && body != null) {
      results.put(shardKey, unwrapped(body));
    } else if (answered.status() == 200) {
      fail(shardKey, ErrorCode.SHARD_ERROR.name(), named(shardKey) + " answered no JSON");
    } else if (body instanceof Value.Obj object
        && object.fields().get("error") instanceof Value.Obj error
        && error.fields().get("code") instanceof Value.Str code
        && error.fields().get("message") instanceof Value.Str message) {
      fail(shardKey, code.value(), message.value());
    } else {
      String message = named(shardKey) + " returned " + answered.status();
      fail(shardKey, ErrorCode.SHARD_HTTP_ERROR.name(), message);
    }
  }

  /** Functions answer {@code {result}}, only the system's own readers a bare value. */
  private static Value unwrapped(Value body) {
    return body instanceof Value.Obj object ? object.fields().getOrDefault("result", body) : body;
  }

  private static @Nullable Value read(String body) {
    try {
      return Json.read(body);
    } catch (WireFormatException e) {
      return null;
    }
  }

  private void fail(String shardKey, String code, String message) {
    failures.add(new Failure(shardKey, code, message, false));
  }

  private static String named(String shardKey) {
    return "shard \"" + shardKey + "\"";
  }

  /** The results by shard, in the order in which the shards were asked. */
  Map<String, Value> results() {
    return results;
  }

  /** {@code {data, errors, failed, ok}}; 200 even when all shards failed. */
  HttpResponse.Json answer(Value data) {
    JsonSink sink = new JsonWriter().raw("{\"data\":");
    Json.write(data, sink);
    String before = ",\"errors\":[";
    for (Failure failure : failures) {
      sink.raw(before).raw("{\"code\":").string(failure.code);
      sink.raw(",\"message\":").string(failure.message);
      sink.raw(",\"shardKey\":").string(failure.shardKey);
      sink.raw(failure.timedOut ? ",\"timedOut\":true}" : ",\"timedOut\":false}");
      before = ",";
    }
    sink.raw(failures.isEmpty() ? ",\"errors\":[]" : "]");
    sink.raw(",\"failed\":").number(failures.size());
    sink.raw(",\"ok\":").number(results.size());
    return RpcResponses.json(200, sink.raw("}").finish());
  }
}
