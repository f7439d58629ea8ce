package lunora.inspect;

import lunora.api.AppModule;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.rpc.InputFields;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Operations that look at a shard's tables. */
public final class TableOps {

  /** The most rows of one answer. */
  static final int PAGE_ROWS = 500;

  private static final int PAGE_ROWS_ABSENT = 50;
  private static final int OFFSET_MAX = 1_000_000_000;

  private final ShardHost host;
  private final AppModule app;

  private TableOps(ShardHost host, AppModule app) {
    this.host = host;
    this.app = app;
  }

  /** Adds them. */
  public static void add(ShardOps ops, ShardHost host, AppModule app) {
    TableOps tables = new TableOps(host, app);
    ops.addReading("listTables", args -> tables.list());
    ops.addReading("describeTable", args -> tables.describe(new InputFields(args).table(app)));
    ops.addReading("describeTables", args -> tables.describeAll());
    ops.addReading("listTableIndexes", args -> tables.indexes(new InputFields(args).table(app)));
    ops.addReading("listTablesIndexes", args -> tables.indexesOfAll());
    ops.addReading("readTablePage", args -> tables.page(new InputFields(args)));
    ops.addReading("facetColumn", args -> tables.facet(new InputFields(args)));
  }

  private JsonText list() {
    JsonSink sink = host.texts().sink().raw("{\"tables\":[");
    String before = "";
    for (Table<?> table : app.schema().tables()) {
      sink.raw(before).raw("{\"name\":").string(table.name());
      sink.raw(",\"rows\":").number(count(table, "")).raw(",\"global\":false,\"shardBy\":");
      Field<?, ?> shardKey = table.shardKey().orElse(null);
      if (shardKey == null) {
        sink.raw("null}");
      } else {
        sink.string(shardKey.name()).raw("}");
      }
      before = ",";
    }
    return sink.raw("]}").finish();
  }

  private double count(Table<?> table, String where, @Nullable Object... params) {
    String sql = "SELECT count(*) FROM " + TableLayout.quote(table.name()) + where;
    return host.sql().query(sql, params).number(0, 0);
  }

  private JsonText describe(Table<?> table) {
    JsonSink sink = host.texts().sink().raw("{\"columns\":");
    Descriptions.columns(table, sink);
    return sink.raw("}").finish();
  }

  private JsonText describeAll() {
    JsonSink sink = host.texts().sink().raw("{\"columnsByTable\":{");
    String before = "";
    for (Table<?> table : app.schema().tables()) {
      sink.raw(before).string(table.name()).raw(":");
      Descriptions.columns(table, sink);
      before = ",";
    }
    return sink.raw("}}").finish();
  }

  private JsonText indexes(Table<?> table) {
    JsonSink sink = host.texts().sink().raw("{\"indexes\":");
    writeIndexes(table, sink);
    return sink.raw("}").finish();
  }

  private JsonText indexesOfAll() {
    JsonSink sink = host.texts().sink().raw("{\"indexesByTable\":{");
    String before = "";
    for (Table<?> table : app.schema().tables()) {
      sink.raw(before).string(table.name()).raw(":");
      writeIndexes(table, sink);
      before = ",";
    }
    return sink.raw("}}").finish();
  }

  private static void writeIndexes(Table<?> table, JsonSink sink) {
    sink.raw("[");
    String before = "";
    for (Index<?> index : table.indexes()) {
      sink.raw(before).raw("{\"name\":").string(index.name()).raw(",\"columns\":[");
      String beforeColumn = "";
      for (Field<?, ?> field : index.fields()) {
        sink.raw(beforeColumn).string(field.name());
        beforeColumn = ",";
      }
      sink.raw("],\"unique\":").raw(String.valueOf(index.isUnique())).raw("}");
      before = ",";
    }
    sink.raw("]");
  }

  private JsonText page(InputFields args) {
    Table<?> table = args.table(app);
    int limit = args.number("limit", PAGE_ROWS_ABSENT, 1, PAGE_ROWS);
    int offset = args.number("offset", 0, 0, OFFSET_MAX);
    RowFilter filter = RowFilter.of(table, args);
    SqlRows rows =
        host.sql()
            .query(
                "SELECT "
                    + TableLayout.DOC
                    + " FROM "
                    + TableLayout.quote(table.name())
                    + filter.where()
                    + order(table, args.value("orderBy"))
                    + " LIMIT ? OFFSET ?",
                filter.params(limit, offset));
    JsonSink sink = host.texts().sink().raw("{\"rows\":").json(rows.jsonArray(0));
    sink.raw(",\"limit\":").number(limit).raw(",\"offset\":").number(offset);
    if (args.flag("skipCount", false)) {
      return sink.raw(",\"hasMore\":").raw(String.valueOf(rows.size() == limit)).raw("}").finish();
    }
    double total = count(table, filter.where(), filter.params());
    sink.raw(",\"total\":").number(total);
    boolean more = offset + rows.size() < total;
    return sink.raw(",\"hasMore\":").raw(String.valueOf(more)).raw("}").finish();
  }

  /** {@code "column"}, {@code "-column"} or {@code {column, direction}}; by creation otherwise. */
  private static String order(Table<?> table, @Nullable Value orderBy) {
    String column = "_creationTime";
    boolean descending = false;
    if (orderBy instanceof Value.Str text) {
      descending = text.value().startsWith("-");
      column = descending ? text.value().substring(1) : text.value();
    } else if (orderBy instanceof Value.Obj object) {
      InputFields args = new InputFields(object);
      column = args.text("column");
      descending = descends(args.textOrNull("direction"));
    } else if (orderBy != null) {
      throw InputFields.invalid("`orderBy` is a column, or {column, direction}");
    }
    String direction = descending ? " DESC" : "";
    return " ORDER BY "
        + RowFilter.sql(table, column)
        + direction
        + ", "
        + TableLayout.SEQ
        + direction;
  }

  private static boolean descends(@Nullable String direction) {
    if (direction == null || direction.equals("asc") || direction.equals("desc")) {
      return "desc".equals(direction);
    }
    throw InputFields.invalid("`direction` is asc or desc");
  }

  private JsonText facet(InputFields args) {
    Table<?> table = args.table(app);
    String column = RowFilter.sql(table, args.text("column"));
    int limit = args.number("limit", PAGE_ROWS_ABSENT, 1, PAGE_ROWS);
    RowFilter filter = RowFilter.of(table, args);
    SqlRows rows =
        host.sql()
            .query(
                "SELECT json_object('value', "
                    + column
                    + ", 'count', count(*)) FROM "
                    + TableLayout.quote(table.name())
                    + filter.where()
                    + " GROUP BY "
                    + column
                    + " ORDER BY count(*) DESC, "
                    + column
                    + " LIMIT ?",
                filter.params(limit));
    return host.texts().sink().raw("{\"values\":").json(rows.jsonArray(0)).raw("}").finish();
  }
}
