package lunora.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lunora.bulk.RowLine;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.GlobalStatement;
import lunora.schema.Field;
import lunora.schema.Limits;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Rows of one global table that an import brings, as statements. Never suspends. */
final class GlobalRows<D> {

  /** D1 binds at most 100 parameters to a statement. */
  private static final int PARAMS_MAX = 100;

  private final Table<D> table;
  private final String columns;
  private final List<@Nullable Object[]> rows = new ArrayList<>();

  GlobalRows(Table<D> table) {
    this.table = table;
    this.columns = columns(table);
  }

  Table<D> table() {
    return table;
  }

  /** What a row has besides its place in the order of insertion. */
  static String columns(Table<?> table) {
    List<String> columns = new ArrayList<>();
    columns.add(TableLayout.ID);
    columns.add(TableLayout.CREATION_TIME);
    columns.add(TableLayout.DOC);
    table.indexedFields().forEach(field -> columns.add(TableLayout.quote(field.name())));
    return String.join(", ", columns);
  }

  /**
   * Adds one.
   *
   * @throws LunoraException {@code BAD_ROW} for one that is too large
   */
  void add(RowLine<D> row) {
    JsonText text = table.row(row.id(), row.creationTimeMs(), row.value(), new JsonWriter());
    String doc = text.toString();
    if (doc.getBytes(StandardCharsets.UTF_8).length > Limits.ROW_BYTES_MAX) {
      throw new LunoraException(
          ErrorCode.BAD_ROW, "a row has at most " + Limits.ROW_BYTES_MAX + " bytes");
    }
    List<Field<D, ?>> indexed = table.indexedFields();
    Object[] params = new Object[3 + indexed.size()];
    params[0] = row.id().value();
    params[1] = row.creationTimeMs();
    params[2] = doc;
    for (int i = 0; i < indexed.size(); i++) {
      params[3 + i] = indexed.get(i).keyOf(row.value());
    }
    rows.add(params);
  }

  int size() {
    return rows.size();
  }

  /** Statements that insert them, each giving the ids that were not there. */
  List<GlobalStatement> inserts(String target) {
    List<GlobalStatement> statements = new ArrayList<>();
    int atOnce = rows.isEmpty() ? 1 : Math.max(1, PARAMS_MAX / rows.get(0).length);
    for (int from = 0; from < rows.size(); from += atOnce) {
      statements.add(insert(target, rows.subList(from, Math.min(rows.size(), from + atOnce))));
    }
    return statements;
  }

  private GlobalStatement insert(String target, List<@Nullable Object[]> some) {
    List<@Nullable Object> params = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (@Nullable Object[] row : some) {
      places.add("(?" + ", ?".repeat(row.length - 1) + ")");
      for (Object param : row) {
        params.add(param);
      }
    }
    String sql =
        "INSERT INTO "
            + target
            + " ("
            + columns
            + ") VALUES "
            + String.join(", ", places)
            + " ON CONFLICT("
            + TableLayout.ID
            + ") DO NOTHING RETURNING "
            + TableLayout.ID;
    return GlobalStatement.of(sql, params.toArray());
  }
}
