package lunora.admin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.DataMigration;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.Value;

/**
 * How far a migration is in all shards that were told of it.
 *
 * @param status {@code pending}, {@code running}, {@code failed} or {@code done}, of all together
 * @param shards what the registry knows of each
 */
record MigrationState(DataMigration<?> migration, String status, List<Value.Obj> shards) {

  /** The state of one migration. */
  static MigrationState of(DataMigration<?> migration, List<Value> rows) {
    List<Value.Obj> own = new ArrayList<>();
    Set<String> statuses = new HashSet<>();
    for (Value each : rows) {
      if (each instanceof Value.Obj row
          && migration.id().equals(AdminInput.textOrNull(row, "id"))
          && row.fields().get("status") instanceof Value.Str status) {
        Map<String, Value> parts = new LinkedHashMap<>(row.fields());
        parts.remove("id");
        own.add(new Value.Obj(parts));
        statuses.add(status.value());
      }
    }
    return new MigrationState(migration, together(statuses), own);
  }

  private static String together(Set<String> statuses) {
    if (statuses.contains("ordered") || statuses.contains("running")) {
      return "running";
    }
    if (statuses.contains("failed")) {
      return "failed";
    }
    return statuses.contains("done") ? "done" : "pending";
  }

  void write(JsonSink sink) {
    sink.raw("{\"id\":").string(migration.id());
    sink.raw(",\"table\":").string(migration.table().name());
    sink.raw(",\"reversible\":").raw(migration.down() == null ? "false" : "true");
    sink.raw(",\"status\":").string(status).raw(",\"shards\":");
    Json.write(new Value.Arr(new ArrayList<>(shards)), sink);
    sink.raw("}");
  }
}
