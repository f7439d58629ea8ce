package lunora.store;

import java.util.Optional;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Table;

/**
 * Goes through the rows of a table in the order of their insertion, one by one: what is done with a
 * row may write any other.
 */
public final class TableWalk<D> {

  private final Table<D> table;
  private final SqlStorage sql;
  private final String nextSql;

  public TableWalk(Table<D> table, SqlStorage sql) {
    this.table = table;
    this.sql = sql;
    this.nextSql =
        "SELECT "
            + String.join(", ", TableLayout.SEQ, TableLayout.ID, TableLayout.DOC)
            + " FROM "
            + TableLayout.quote(table.name())
            + " WHERE "
            + TableLayout.SEQ
            + " > ? AND "
            + TableLayout.SEQ
            + " <= ? ORDER BY "
            + TableLayout.SEQ
            + " LIMIT 1";
  }

  /** A row and its place in the order of insertion. */
  public record Step<D>(double place, Doc<D> row) {}

  /** The first row after a place, and up to another one. */
  public Optional<Step<D>> next(double after, double until) {
    SqlRows rows = sql.query(nextSql, after, until);
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Doc<D> row = new Doc<>(table, new Id<>(rows.text(0, 1)), rows.json(0, 2));
    return Optional.of(new Step<>(rows.number(0, 0), row));
  }

  /** The place of the last row; 0 where there is none. */
  public double last() {
    return sql.query(
            "SELECT ifnull(max("
                + TableLayout.SEQ
                + "), 0) FROM "
                + TableLayout.quote(table.name()))
        .number(0, 0);
  }
}
