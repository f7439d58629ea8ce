package lunora.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.error.ErrorCode;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** The lines of an import by the shard that they are for, or global. Never suspends. */
final class ImportLines {

  private final Schema schema;
  private final GlobalTables globalTables;
  private final String defaultShardKey;
  private final @Nullable String onlyShard;
  private final Map<String, JsonWriter> byShard = new LinkedHashMap<>();
  private final Map<String, Set<String>> tables = new LinkedHashMap<>();
  private final List<Line> globals = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private int received;

  /** A line for a global table. */
  record Line(int number, String table, Value.Obj doc) {}

  /**
   * No lines yet.
   *
   * @param onlyShard the shard of all lines; null to tell by each row's own field
   */
  ImportLines(
      Schema schema,
      GlobalTables globalTables,
      String defaultShardKey,
      @Nullable String onlyShard) {
    this.schema = schema;
    this.globalTables = globalTables;
    this.defaultShardKey = defaultShardKey;
    this.onlyShard = onlyShard;
    if (onlyShard != null) {
      // Even without a row: the session is to know of it.
      byShard.put(onlyShard, new JsonWriter());
    }
  }

  /** Takes lines of NDJSON; empty ones count as lines and hold nothing. */
  void read(String body) {
    int line = 0;
    for (int from = 0; from < body.length(); ) {
      int end = body.indexOf('\n', from);
      int to = end < 0 ? body.length() : end;
      line++;
      String text = body.substring(from, to).strip();
      if (!text.isEmpty()) {
        received++;
        take(line, text);
      }
      from = to + 1;
    }
  }

  private void take(int line, String text) {
    Value row;
    try {
      row = Json.read(text);
    } catch (WireFormatException e) {
      error(ErrorCode.BAD_ROW, line, "the line is not JSON", "");
      return;
    }
    if (!(row instanceof Value.Obj object)
        || !(object.fields().get("table") instanceof Value.Str name)
        || !(object.fields().get("doc") instanceof Value.Obj doc)) {
      error(ErrorCode.BAD_ROW, line, "a line is {\"table\":...,\"doc\":{...}}", "");
      return;
    }
    if (globalTables.find(name.value()) != null) {
      globals.add(new Line(line, name.value(), doc));
      return;
    }
    Table<?> table = find(name.value());
    if (table == null) {
      error(ErrorCode.BAD_ROW, line, "there is no table " + name.value(), name.value());
      return;
    }
    String shardKey = onlyShard == null ? shardOf(table, doc) : onlyShard;
    Set<String> named = tables.computeIfAbsent(shardKey, key -> new LinkedHashSet<>());
    JsonWriter lines = byShard.computeIfAbsent(shardKey, key -> new JsonWriter());
    lines.raw(named.isEmpty() ? "" : ",");
    lines.raw("{\"line\":").number(line).raw(",\"row\":").raw(text).raw("}");
    named.add(table.name());
  }

  private @Nullable Table<?> find(String name) {
    for (Table<?> table : schema.tables()) {
      if (table.name().equals(name)) {
        return table;
      }
    }
    return null;
  }

  /** Where the row belongs by the field that shards its table: a text, or the JSON of another. */
  private String shardOf(Table<?> table, Value.Obj doc) {
    if (table.shardKey().isEmpty()) {
      return defaultShardKey;
    }
    Value value = doc.fields().get(table.shardKey().get().name());
    if (value == null) {
      return defaultShardKey;
    }
    return value instanceof Value.Str text ? text.value() : JsonWriter.print(value);
  }

  /** Those for global tables. */
  List<Line> globals() {
    return globals;
  }

  private void error(ErrorCode code, int line, String message, String table) {
    JsonWriter out = new JsonWriter().raw("{\"code\":").string(code.name());
    out.raw(",\"line\":").number(line).raw(",\"message\":").string(message);
    errors.add(out.raw(",\"table\":").string(table).raw("}").finish().toString());
  }

  /** The shards, in the order in which they appeared. */
  Set<String> shardKeys() {
    return byShard.keySet();
  }

  /** The lines of a shard, each with its number, parted by commas. */
  JsonText of(String shardKey) {
    JsonWriter lines = byShard.get(shardKey);
    return lines == null ? JsonText.of("") : lines.finish();
  }

  /** The tables of a shard's lines. */
  Set<String> tablesOf(String shardKey) {
    return tables.getOrDefault(shardKey, Set.of());
  }

  /** What is wrong with lines that go to no shard, each as JSON. */
  List<String> errors() {
    return errors;
  }

  int received() {
    return received;
  }
}
