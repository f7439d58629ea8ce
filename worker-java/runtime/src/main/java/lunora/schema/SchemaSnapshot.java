package lunora.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;

/**
 * What a schema says of stored rows, as JSON: what an app commits as {@code lunora.schema.json},
 * and what each shard keeps of the schema that its tables are at.
 *
 * <pre>
 * {"version":1,"tables":{"notes":{
 *   "fields":{"title":{"string":[1,200]},"done":{"defaulted":"boolean"}},
 *   "indexes":{"by_title":{"fields":["title"],"unique":true}}}}}
 * </pre>
 */
public final class SchemaSnapshot {

  private static final double VERSION = 1;

  private SchemaSnapshot() {}

  /** The snapshot of a schema. */
  public static Value.Obj of(Schema schema) {
    Map<String, Value> tables = new LinkedHashMap<>();
    for (Table<?> table : schema.tables()) {
      tables.put(table.name(), table(table));
    }
    Map<String, Value> snapshot = new LinkedHashMap<>();
    snapshot.put("version", new Value.Num(VERSION));
    snapshot.put("tables", new Value.Obj(tables));
    return new Value.Obj(snapshot);
  }

  private static <D> Value table(Table<D> table) {
    Map<String, Value> indexes = new LinkedHashMap<>();
    for (Index<D> index : table.indexes()) {
      Map<String, Value> parts = new LinkedHashMap<>();
      parts.put("fields", Shape.names(index.fields().stream().map(Field::name).toList()));
      if (index.isUnique()) {
        parts.put("unique", Value.Bool.TRUE);
      }
      indexes.put(index.name(), new Value.Obj(parts));
    }
    Map<String, Value> parts = new LinkedHashMap<>();
    parts.put("fields", Shape.fields(table.codec().fields()));
    parts.put("indexes", new Value.Obj(indexes));
    return new Value.Obj(parts);
  }

  /** A snapshot as text. */
  public static String text(Value.Obj snapshot) {
    JsonWriter json = new JsonWriter();
    Json.write(snapshot, json);
    return json.finish().toString();
  }

  /**
   * Reads a snapshot; one that is none has no tables.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static Value.Obj read(String text) {
    try {
      return Json.read(text) instanceof Value.Obj snapshot ? snapshot : new Value.Obj(Map.of());
    } catch (WireFormatException e) {
      throw new IllegalArgumentException("a snapshot of a schema is JSON: " + e.getMessage(), e);
    }
  }

  /** The tables of a snapshot by their names. */
  static Map<String, Value> tables(Value.Obj snapshot) {
    return snapshot.fields().get("tables") instanceof Value.Obj tables ? tables.fields() : Map.of();
  }
}
