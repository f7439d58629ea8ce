package lunora.edge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.host.remote.ShardPost;
import lunora.host.remote.ShardReply;
import lunora.host.remote.WorkerHost;
import lunora.rpc.BatchEnvelope;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One batch on its way through the Worker: taken apart by shard, sent to all shards at once, and
 * put together from their answers (protocol section 5). A shard that fails fails its own calls.
 */
final class BatchCall {

  /** How the text of a shard's answer begins and ends around the list of results. */
  private static final String RESULTS_START = "{\"results\":[";

  private static final String RESULTS_END = "]}";

  /** What a slot says whose shard could not be reached: not the status that the code has alone. */
  private static final ErrorBody UNREACHABLE =
      new ErrorBody(
          502, new LunoraException(ErrorCode.SHARD_UNAVAILABLE.name(), 502, "shard unavailable"));

  private final Map<String, List<BatchEnvelope.Entry>> byShard = new LinkedHashMap<>();

  BatchCall(BatchEnvelope batch, String defaultShardKey) {
    for (BatchEnvelope.Entry entry : batch.entries()) {
      String shardKey = ShardKeys.resolve(entry.call().shardKey(), defaultShardKey);
      byShard.computeIfAbsent(shardKey, key -> new ArrayList<>()).add(entry);
    }
  }

  /** The shards that the calls are for. */
  Set<String> shardKeys() {
    return byShard.keySet();
  }

  /** Sends the calls and waits for all answers. May suspend. */
  HttpResponse send(WorkerHost host, Map<String, String> headers) {
    List<ShardPost> posts = new ArrayList<>();
    for (Map.Entry<String, List<BatchEnvelope.Entry>> group : byShard.entrySet()) {
      JsonWriter body = new JsonWriter();
      BatchEnvelope.write(group.getValue(), body);
      posts.add(
          new ShardPost(
              group.getKey(), ShardRequests.BATCH_PATH, headers, body.finish().toString()));
    }
    List<ShardReply> replies = posts.isEmpty() ? List.of() : host.shards().postAll(posts);
    JsonSink sink = new JsonWriter().raw(RESULTS_START);
    int next = 0;
    Set<String> bookmarks = new HashSet<>();
    for (Map.Entry<String, List<BatchEnvelope.Entry>> group : byShard.entrySet()) {
      ShardReply reply = replies.get(next);
      sink.raw(next == 0 ? "" : ",");
      next++;
      if (reply instanceof ShardReply.Answered answered) {
        merge(group.getValue(), answered, sink);
        if (answered.bookmark() != null) {
          bookmarks.add(answered.bookmark());
        }
      } else if (reply instanceof ShardReply.Unreachable unreachable) {
        String line = "shard " + group.getKey() + " is unreachable: " + unreachable.reason();
        host.log().log(LogSink.Level.WARN, line, null);
        failAll(group.getValue(), UNREACHABLE, sink);
      }
    }
    HttpResponse.Json answer = RpcResponses.json(200, sink.raw(RESULTS_END).finish());
    // Of two the caller could keep one only, and might keep the older.
    return bookmarks.size() == 1
        ? answer.with(ShardRequests.BOOKMARK_HEADER, bookmarks.iterator().next())
        : answer;
  }

  private static void merge(
      List<BatchEnvelope.Entry> group, ShardReply.Answered answered, JsonSink sink) {
    Value.Arr results = results(answered);
    if (results == null) {
      LunoraException refusal =
          new LunoraException(
              ErrorCode.SHARD_ERROR.name(), answered.status(), "the shard's answer is no batch");
      failAll(group, new ErrorBody(answered.status(), refusal), sink);
      return;
    }
    String before = "";
    String text = answered.body();
    if (!results.items().isEmpty()) {
      // Passed on as it came: what the shard wrote is not written again.
      int end = text.length() - RESULTS_END.length();
      sink.json(JsonText.of(text.substring(RESULTS_START.length(), end)));
      before = ",";
    }
    Set<Double> answeredIds = idsOf(results);
    for (BatchEnvelope.Entry entry : group) {
      if (!answeredIds.contains(entry.id())) {
        LunoraException refusal =
            new LunoraException(
                ErrorCode.SHARD_ERROR, "shard batch omitted result for call " + idText(entry));
        fail(entry, new ErrorBody(refusal.status(), refusal), sink.raw(before));
        before = ",";
      }
    }
  }

  /** The results of a shard's answer, or null when it is none. */
  private static Value.@Nullable Arr results(ShardReply.Answered answered) {
    String text = answered.body();
    if (answered.status() != 200
        || !text.startsWith(RESULTS_START)
        || !text.endsWith(RESULTS_END)) {
      return null;
    }
    try {
      return Json.read(text) instanceof Value.Obj object
              && object.fields().get("results") instanceof Value.Arr results
          ? results
          : null;
    } catch (WireFormatException e) {
      return null;
    }
  }

  private static Set<Double> idsOf(Value.Arr results) {
    Set<Double> ids = new HashSet<>();
    for (Value result : results.items()) {
      if (result instanceof Value.Obj slot && slot.fields().get("id") instanceof Value.Num id) {
        ids.add(id.value());
      }
    }
    return ids;
  }

  private static void failAll(List<BatchEnvelope.Entry> group, ErrorBody error, JsonSink sink) {
    String before = "";
    for (BatchEnvelope.Entry entry : group) {
      fail(entry, error, sink.raw(before));
      before = ",";
    }
  }

  private static void fail(BatchEnvelope.Entry entry, ErrorBody error, JsonSink sink) {
    sink.raw("{\"id\":").number(entry.id()).raw(",\"status\":").number(error.status());
    sink.raw(",\"body\":{\"error\":");
    error.write(sink);
    sink.raw("}}");
  }

  private static String idText(BatchEnvelope.Entry entry) {
    return new JsonWriter().number(entry.id()).finish().toString();
  }
}
