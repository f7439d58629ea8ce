package lunora.query;

import java.util.ArrayList;
import java.util.List;
import lunora.api.Order;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.schema.DocList;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.TableStore;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a {@link TableSelect}: one, or one for every {@link #SCAN_ROWS} rows where a
 * condition in Java decides which to keep. Never suspends.
 */
final class TableReading<D> {

  static final int NO_LIMIT = -1;

  /** Rows read at a time when a condition in Java decides which to keep. */
  private static final int SCAN_ROWS = 200;

  private final TableStore<D> store;
  private final Table<D> table;
  private final @Nullable Index<D> index;
  private final Narrowing<D> narrowed;
  private final SqlStorage sql;

  TableReading(
      TableStore<D> store, @Nullable Index<D> index, Narrowing<D> narrowed, SqlStorage sql) {
    this.store = store;
    this.table = store.table();
    this.index = index;
    this.narrowed = narrowed;
    this.sql = sql;
  }

  /** Tells the place of a row that was read. */
  private interface Places {
    @Nullable Object[] of(int row);
  }

  /** What was read, with the rows' places where they were read too. */
  record Rows<D>(List<Doc<D>> rows, Places places) {

    @Nullable Object[] place(int row) {
      return places.of(row);
    }
  }

  /** How many rows there are, when none has to be tested. */
  int count() {
    Narrowing.SelectText select = narrowed.countText();
    SqlRows counted = sql.query(select.sql(), select.params());
    return (int) counted.number(0, 0);
  }

  /**
   * Reads at most {@code limit} rows behind a place.
   *
   * @param placed whether somebody will ask for the place of a row
   */
  Rows<D> read(@Nullable Object @Nullable [] after, int limit, boolean placed) {
    return narrowed.hasTests() ? scan(after, limit) : select(after, limit, placed);
  }

  private Rows<D> select(@Nullable Object @Nullable [] after, int limit, boolean placed) {
    SqlRows rows = run(after, limit, placed);
    // Made when it is asked for: mostly only the last row's is.
    return new Rows<>(
        placed ? placedDocs(rows) : new DocList<>(table, rows), row -> place(rows, row));
  }

  private Rows<D> scan(@Nullable Object @Nullable [] start, int limit) {
    List<Doc<D>> kept = new ArrayList<>();
    List<@Nullable Object[]> places = new ArrayList<>();
    @Nullable Object[] after = start;
    while (limit == NO_LIMIT || kept.size() < limit) {
      SqlRows rows = run(after, SCAN_ROWS, true);
      DocList<D> docs = placedDocs(rows);
      for (int i = 0; i < rows.size() && (limit == NO_LIMIT || kept.size() < limit); i++) {
        after = place(rows, i);
        Doc<D> doc = docs.get(i);
        if (narrowed.passes(doc)) {
          kept.add(doc);
          places.add(after);
        }
      }
      if (rows.size() < SCAN_ROWS) {
        break;
      }
    }
    return new Rows<>(kept, places::get);
  }

  private DocList<D> placedDocs(SqlRows rows) {
    int creationTimeColumn = SelectSql.PLACE_COLUMN + RangeRead.fieldsOf(index).size();
    return new DocList<>(table, rows, creationTimeColumn);
  }

  private SqlRows run(@Nullable Object @Nullable [] after, int limit, boolean placed) {
    SelectSql.Columns columns = placed ? SelectSql.Columns.PLACED_ROW : SelectSql.Columns.ROW;
    KeyRange range = narrowed.range();
    Order order = narrowed.order();
    Predicate<D> condition = narrowed.condition();
    if (condition == null && after == null) {
      return sql.query(plainText(range, limit, columns), SelectSql.params(range, limit));
    }
    SelectSql<D> select = SelectSql.render(table, index, range, order, condition, after, columns);
    String text = select.sql(limit);
    return sql.query(text, select.params());
  }

  private String plainText(KeyRange range, int limit, SelectSql.Columns columns) {
    Order order = narrowed.order();
    int shape = SelectSql.shape(range, order, limit, columns);
    String text = store.selects().find(index, shape);
    if (text == null) {
      text = SelectSql.render(table, index, range, order, null, null, columns).sql(limit);
      store.selects().put(index, shape, text);
    }
    return text;
  }

  private @Nullable Object[] place(SqlRows rows, int row) {
    List<Field<D, ?>> fields = RangeRead.fieldsOf(index);
    Object[] place = new Object[fields.size() + 2];
    for (int i = 0; i < place.length; i++) {
      place[i] = rows.key(row, SelectSql.PLACE_COLUMN + i);
    }
    return place;
  }
}
