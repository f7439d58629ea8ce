package lunora.shard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.AppModule;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.inspect.ShardOps;
import lunora.rpc.InputFields;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;

/**
 * The rows of a small shard in one answer, and back (protocol section 15.2); larger ones are for
 * the routes {@code export} and {@code import}. Never suspends.
 */
final class ShardCopy {

  private static final int UNITS_MAX = 8_000_000;

  private final ShardHost host;
  private final AppModule app;
  private final RowImporter importer;

  private ShardCopy(ShardHost host, AppModule app, RowImporter importer) {
    this.host = host;
    this.app = app;
    this.importer = importer;
  }

  /** Adds {@code exportShard} and {@code importShard}. */
  static void add(ShardOps ops, ShardHost host, AppModule app, RowImporter importer) {
    ShardCopy copy = new ShardCopy(host, app, importer);
    ops.add("exportShard", copy::rows);
    ops.add("importShard", copy::take);
  }

  /** {@code {tables?}} gives {@code {rows: [{table, doc}]}}; no tables are all tables. */
  private JsonText rows(Value.Obj args) {
    List<Table<?>> tables = tables(new InputFields(args));
    double units = 0;
    for (Table<?> table : tables) {
      String sum = "SELECT ifnull(sum(length(" + TableLayout.DOC + ")), 0) FROM ";
      units += host.sql().query(sum + TableLayout.quote(table.name())).number(0, 0);
    }
    if (units > UNITS_MAX) {
      throw new LunoraException(
          ErrorCode.PAYLOAD_TOO_LARGE, "too much for one answer: POST /_lunora/admin/export");
    }
    JsonSink sink = host.texts().sink().raw("{\"rows\":[");
    String before = "{\"table\":";
    for (Table<?> table : tables) {
      SqlRows rows = host.sql().query(select(table));
      for (int row = 0; row < rows.size(); row++) {
        sink.raw(before).string(table.name()).raw(",\"doc\":").json(rows.json(row, 0)).raw("}");
        before = ",{\"table\":";
      }
    }
    return sink.raw("]}").finish();
  }

  private static String select(Table<?> table) {
    String order = TableLayout.CREATION_TIME + ", " + TableLayout.ID;
    String from = " FROM " + TableLayout.quote(table.name());
    return "SELECT " + TableLayout.DOC + from + " ORDER BY " + order;
  }

  private List<Table<?>> tables(InputFields args) {
    List<String> names = args.textsOrNull("tables");
    if (names == null || names.isEmpty()) {
      return app.schema().tables();
    }
    Set<Table<?>> tables = new LinkedHashSet<>();
    for (String name : names) {
      tables.add(InputFields.table(app, name));
    }
    return List.copyOf(tables);
  }

  /**
   * {@code {rows: [{table, doc}], startLine?}} gives {@code {inserted: {table: n}, conflicts,
   * errors: [{code, line, message, table}]}}. What has an id that is there is a conflict.
   */
  private JsonText take(Value.Obj args) {
    InputFields given = new InputFields(args);
    List<Value> rows = given.itemsOrNull("rows");
    if (rows == null) {
      throw InputFields.invalid("`rows` must be a list");
    }
    int line = given.number("startLine", 1, 0, Integer.MAX_VALUE - rows.size());
    List<Value> lines = new ArrayList<>();
    for (Value row : rows) {
      // Arguments come decoded, lines of an import do not.
      JsonWriter wire = new JsonWriter();
      WireCodec.write(row, wire);
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put("row", Json.read(wire.finish().toString()));
      fields.put("line", new Value.Num(line++));
      lines.add(new Value.Obj(fields));
    }
    return importer.run(lines).json();
  }
}
