package lunora.inspect;

import java.util.ArrayList;
import java.util.List;
import lunora.rpc.InputFields;
import lunora.schema.Field;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/** Which rows of a table an operator wants to see, as SQL: `search` and `filters`. */
final class RowFilter {

  private static final int FILTERS_MAX = 20;

  private final Table<?> table;
  private final List<String> conditions = new ArrayList<>();
  private final List<@Nullable Object> params = new ArrayList<>();

  private RowFilter(Table<?> table) {
    this.table = table;
  }

  static RowFilter of(Table<?> table, InputFields args) {
    RowFilter filter = new RowFilter(table);
    String search = args.textOrNull("search");
    if (search != null && !search.isEmpty()) {
      filter.conditions.add("instr(lower(" + TableLayout.DOC + "), lower(?)) > 0");
      filter.params.add(search);
    }
    List<Value> filters = args.itemsOrNull("filters");
    if (filters != null) {
      if (filters.size() > FILTERS_MAX) {
        throw InputFields.invalid("at most " + FILTERS_MAX + " filters");
      }
      for (Value each : filters) {
        if (!(each instanceof Value.Obj object)) {
          throw InputFields.invalid("a filter is {column, op, value}");
        }
        filter.add(new InputFields(object));
      }
    }
    return filter;
  }

  private void add(InputFields filter) {
    String column = sql(table, filter.text("column"));
    String op = filter.textOrNull("op");
    Value value = filter.value("value");
    switch (op == null ? "eq" : op) {
      case "eq" -> compare(column + " IS ?", value);
      case "ne" -> compare(column + " IS NOT ?", value);
      case "gt" -> compare(column + " > ?", value);
      case "gte" -> compare(column + " >= ?", value);
      case "lt" -> compare(column + " < ?", value);
      case "lte" -> compare(column + " <= ?", value);
      case "contains" -> compare("instr(" + column + ", ?) > 0", value);
      case "isNull" -> conditions.add(column + " IS NULL");
      case "isNotNull" -> conditions.add(column + " IS NOT NULL");
      default ->
          throw InputFields.invalid("`op` is one of eq, ne, gt, gte, lt, lte, contains, isNull");
    }
  }

  private void compare(String condition, @Nullable Value value) {
    conditions.add(condition);
    params.add(param(value));
  }

  /** A value as SQLite has it behind {@code json_extract}. */
  private static @Nullable Object param(@Nullable Value value) {
    if (value instanceof Value.Str text) {
      return text.value();
    }
    if (value instanceof Value.Num number) {
      return number.value();
    }
    if (value instanceof Value.Bool flag) {
      return flag.value() ? 1 : 0;
    }
    if (value == null || value instanceof Value.Null || value instanceof Value.Undefined) {
      return null;
    }
    JsonWriter json = new JsonWriter();
    WireCodec.write(value, json);
    return json.finish().toString();
  }

  /** A column as SQL: what stands in the row's JSON, whether or not an index has it too. */
  static String sql(Table<?> table, String name) {
    Field<?, ?> field = InputFields.column(table, name);
    if (field == null) {
      return TableLayout.quote(name);
    }
    return "json_extract(" + TableLayout.DOC + ", '$.\"" + field.name() + "\"')";
  }

  /** The condition with {@code WHERE}, or nothing. */
  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** The condition's parameters, and more behind them. */
  @Nullable Object[] params(@Nullable Object... more) {
    List<@Nullable Object> all = new ArrayList<>(params);
    for (Object each : more) {
      all.add(each);
    }
    return all.toArray();
  }
}
