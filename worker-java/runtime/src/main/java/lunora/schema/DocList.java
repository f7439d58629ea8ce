package lunora.schema;

import java.util.AbstractList;
import lunora.host.local.SqlRows;
import lunora.wire.JsonText;

/**
 * The documents of one result set, unread. Written as a whole it is one native join of the stored
 * texts.
 *
 * <p>The result set has the id in column {@link #ID_COLUMN} and the text in {@link #DOC_COLUMN}.
 */
public final class DocList<D> extends AbstractList<Doc<D>> {

  public static final int ID_COLUMN = 0;
  public static final int DOC_COLUMN = 1;

  private static final int NO_COLUMN = -1;

  private final Table<D> table;
  private final SqlRows rows;
  private final int creationTimeColumn;

  /** The documents of a result set of two columns. */
  public DocList(Table<D> table, SqlRows rows) {
    this(table, rows, NO_COLUMN);
  }

  /** The documents of a result set that also has the creation time. */
  public DocList(Table<D> table, SqlRows rows, int creationTimeColumn) {
    this.table = table;
    this.rows = rows;
    this.creationTimeColumn = creationTimeColumn;
  }

  @Override
  public Doc<D> get(int row) {
    if (row < 0 || row >= rows.size()) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows.size());
    }
    double creationTimeMs =
        creationTimeColumn == NO_COLUMN ? Double.NaN : rows.number(row, creationTimeColumn);
    Id<D> id = new Id<>(rows.text(row, ID_COLUMN));
    return new Doc<>(table, id, rows.json(row, DOC_COLUMN), creationTimeMs);
  }

  @Override
  public int size() {
    return rows.size();
  }

  /** The wire rows as one JSON array. */
  JsonText json() {
    return rows.jsonArray(DOC_COLUMN);
  }
}
