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

  private final Table<D> table;
  private final SqlRows rows;

  public DocList(Table<D> table, SqlRows rows) {
    this.table = table;
    this.rows = rows;
  }

  @Override
  public Doc<D> get(int row) {
    if (row < 0 || row >= rows.size()) {
      throw new IndexOutOfBoundsException("row " + row + " of " + rows.size());
    }
    return new Doc<>(table, new Id<>(rows.text(row, ID_COLUMN)), rows.json(row, DOC_COLUMN));
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
