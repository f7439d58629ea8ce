package lunora.global;

import java.util.ArrayList;
import java.util.List;
import lunora.host.remote.GlobalStatement;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Table;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * A row that a mutation writes.
 *
 * @param before as the database had it; null for a new one
 * @param after as it is to be; null for none
 */
record PendingRow<D>(Table<D> table, @Nullable Doc<D> before, @Nullable Doc<D> after) {

  /** A statement that fails, and the batch with it, unless the row still is as it was. */
  GlobalStatement guard(Doc<D> read) {
    // SQLite has no statement that fails on a condition; parsing what is no JSON does.
    String sql =
        "SELECT json(CASE WHEN EXISTS (SELECT 1 FROM "
            + TableLayout.quote(table.name())
            + " WHERE "
            + TableLayout.ID
            + " = ? AND "
            + TableLayout.DOC
            + " = ?) THEN '1' ELSE 'changed' END) AS same";
    return GlobalStatement.of(sql, read.id().value(), read.json().toString());
  }

  GlobalStatement delete(Doc<D> read) {
    String sql =
        "DELETE FROM " + TableLayout.quote(table.name()) + " WHERE " + TableLayout.ID + " = ?";
    return GlobalStatement.of(sql, read.id().value());
  }

  /** Inserts the row, or writes over the one that was read. */
  GlobalStatement store(Doc<D> row) {
    return before == null ? insert(row) : update(row);
  }

  private GlobalStatement insert(Doc<D> row) {
    StringBuilder columns = new StringBuilder(TableLayout.ID);
    columns.append(", ").append(TableLayout.CREATION_TIME).append(", ").append(TableLayout.DOC);
    StringBuilder places = new StringBuilder("?, ?, ?");
    List<@Nullable Object> params = new ArrayList<>();
    params.add(row.id().value());
    params.add(row.creationTimeMs());
    params.add(row.json().toString());
    for (Field<D, ?> field : table.indexedFields()) {
      columns.append(", ").append(TableLayout.quote(field.name()));
      places.append(", ?");
      params.add(field.keyOf(row.value()));
    }
    String sql =
        "INSERT INTO "
            + TableLayout.quote(table.name())
            + " ("
            + columns
            + ") VALUES ("
            + places
            + ")";
    return GlobalStatement.of(sql, params.toArray());
  }

  private GlobalStatement update(Doc<D> row) {
    StringBuilder sql = new StringBuilder("UPDATE ").append(TableLayout.quote(table.name()));
    sql.append(" SET ").append(TableLayout.DOC).append(" = ?");
    List<@Nullable Object> params = new ArrayList<>();
    params.add(row.json().toString());
    for (Field<D, ?> field : table.indexedFields()) {
      sql.append(", ").append(TableLayout.quote(field.name())).append(" = ?");
      params.add(field.keyOf(row.value()));
    }
    sql.append(" WHERE ").append(TableLayout.ID).append(" = ?");
    params.add(row.id().value());
    return GlobalStatement.of(sql.toString(), params.toArray());
  }
}
