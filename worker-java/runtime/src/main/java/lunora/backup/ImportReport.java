package lunora.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.LunoraException;
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

  void inserted(String table, double rows) {
    if (rows > 0) {
      inserted.merge(table, rows, Double::sum);
    }
  }

  /** So many were there already. */
  void conflicts(double rows) {
    conflicts += rows;
  }

  void deleted(double rows) {
    deleted = Math.max(0, deleted) + rows;
  }

  /** A line is refused. */
  void error(LunoraException refusal, ImportLines.Line line) {
    JsonWriter out = new JsonWriter().raw("{\"code\":").string(refusal.code());
    out.raw(",\"line\":").number(line.number()).raw(",\"message\":");
    out.string(String.valueOf(refusal.getMessage())).raw(",\"table\":").string(line.table());
    errors.add(out.raw("}").finish().toString());
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

  /** As the answer of a commit. */
  JsonText committed(boolean committed, int shards) {
    JsonWriter out = new JsonWriter().raw("{\"committed\":").raw(committed ? "true" : "false");
    out.raw(",\"shards\":").number(shards).raw(",\"result\":");
    return out.json(json()).raw("}").finish();
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
