package lunora.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/** What came of an import over all shards. */
final class ImportReport {

  private final Map<String, Double> inserted = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final int received;
  private double conflicts;
  private double deleted = -1;

  ImportReport(int received, List<String> errors) {
    this.received = received;
    this.errors.addAll(errors);
  }

  /** Adds a shard's answer. */
  void add(Map<String, Value> answer) {
    if (answer.get("inserted") instanceof Value.Obj tables) {
      for (Map.Entry<String, Value> each : tables.fields().entrySet()) {
        if (each.getValue() instanceof Value.Num rows) {
          inserted.merge(each.getKey(), rows.value(), Double::sum);
        }
      }
    }
    conflicts += BulkClient.number(answer, "conflicts");
    if (answer.get("errors") instanceof Value.Arr list) {
      for (Value error : list.items()) {
        errors.add(JsonWriter.print(error));
      }
    }
    if (answer.containsKey("deleted")) {
      deleted = Math.max(0, deleted) + BulkClient.number(answer, "deleted");
    }
  }

  /** A shard did not take its lines. */
  void failed(String shardKey, String message) {
    JsonWriter out = new JsonWriter().raw("{\"shardKey\":").string(shardKey);
    out.raw(",\"message\":").string(message).raw(",\"timedOut\":false}");
    failed.add(out.finish().toString());
  }

  boolean hasFailed() {
    return !failed.isEmpty();
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  JsonText json() {
    JsonWriter out = new JsonWriter().raw("{\"received\":").number(received);
    out.raw(",\"inserted\":{");
    String before = "";
    for (Map.Entry<String, Double> each : inserted.entrySet()) {
      out.raw(before).string(each.getKey()).raw(":").number(each.getValue());
      before = ",";
    }
    out.raw("},\"conflicts\":").number(conflicts);
    out.raw(",\"errors\":[").raw(String.join(",", errors));
    out.raw("],\"failed\":[").raw(String.join(",", failed)).raw("]");
    if (deleted >= 0) {
      out.raw(",\"deleted\":").number(deleted);
    }
    return out.raw("}").finish();
  }
}
