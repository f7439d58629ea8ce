package lunora.bulk;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.JsonTexts;
import lunora.host.local.SqlStorage;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.wire.JsonText;

/**
 * Rows of one table that are not in place yet, in a table of the same form: putting them in place
 * is a statement or two, whatever their number. Never suspends.
 */
final class StageTable<D> {

  static final String PREFIX = "__lunora_stage.";

  private final Table<D> table;
  private final SqlStorage sql;
  private final JsonTexts texts;
  private final String name;
  private final String columns;
  private final int keys;

  StageTable(Table<D> table, SqlStorage sql, JsonTexts texts) {
    this.table = table;
    this.sql = sql;
    this.texts = texts;
    this.name = TableLayout.quote(PREFIX + table.name());
    List<String> all = new ArrayList<>();
    all.add(TableLayout.ID);
    all.add(TableLayout.CREATION_TIME);
    all.add(TableLayout.DOC);
    for (Field<D, ?> field : table.indexedFields()) {
      all.add(TableLayout.quote(field.name()));
    }
    this.columns = String.join(", ", all);
    this.keys = all.size();
  }

  /** Makes it anew, empty. */
  void create() {
    drop();
    StringBuilder create = new StringBuilder("CREATE TABLE ").append(name);
    create.append(" (").append(TableLayout.SEQ).append(" INTEGER PRIMARY KEY, ");
    create.append(TableLayout.ID).append(" TEXT NOT NULL UNIQUE, ");
    create.append(columns.substring(TableLayout.ID.length() + 2)).append(")");
    sql.execute(create.toString());
  }

  void drop() {
    sql.execute("DROP TABLE IF EXISTS " + name);
  }

  boolean has(Id<D> id) {
    return sql.query("SELECT 1 FROM " + name + " WHERE " + TableLayout.ID + " = ?", id.value())
            .size()
        > 0;
  }

  void insert(RowLine<D> row) {
    JsonText text = table.row(row.id(), row.creationTimeMs(), row.value(), texts.sink());
    Object[] params = new Object[keys];
    params[0] = row.id().value();
    params[1] = row.creationTimeMs();
    params[2] = text;
    List<Field<D, ?>> indexed = table.indexedFields();
    for (int i = 0; i < indexed.size(); i++) {
      params[3 + i] = indexed.get(i).keyOf(row.value());
    }
    String places = "?" + ", ?".repeat(keys - 1);
    sql.execute("INSERT INTO " + name + " (" + columns + ") VALUES (" + places + ")", params);
  }

  /** Puts the row in the place of the one with its id, if there is one, and else at the end. */
  void put(RowLine<D> row) {
    if (!has(row.id())) {
      insert(row);
      return;
    }
    double seq =
        sql.query(
                "SELECT \"_seq\" FROM " + name + " WHERE " + TableLayout.ID + " = ?",
                row.id().value())
            .number(0, 0);
    delete(row.id().value());
    insert(row);
    sql.execute(
        "UPDATE " + name + " SET \"_seq\" = ? WHERE " + TableLayout.ID + " = ?",
        seq,
        row.id().value());
  }

  void delete(String id) {
    sql.execute("DELETE FROM " + name + " WHERE " + TableLayout.ID + " = ?", id);
  }

  long count() {
    return (long) sql.query("SELECT count(*) FROM " + name).number(0, 0);
  }

  /** How many rows are in place now. */
  long inPlace() {
    String rows = TableLayout.quote(table.name());
    return (long) sql.query("SELECT count(*) FROM " + rows).number(0, 0);
  }

  /** Deletes what is in place. */
  void clear() {
    sql.execute("DELETE FROM " + TableLayout.quote(table.name()));
  }

  /** Puts the rows in place, but for those whose id is there already. */
  void move() {
    String rows = TableLayout.quote(table.name());
    sql.execute(TableLayout.moveSql(name, rows, columns));
  }

  Table<D> table() {
    return table;
  }
}
