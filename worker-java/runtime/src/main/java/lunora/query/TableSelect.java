package lunora.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lunora.api.IndexRange;
import lunora.api.Order;
import lunora.api.RowTest;
import lunora.api.Select;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.schema.DocList;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Page;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.TableStore;
import org.jspecify.annotations.Nullable;

/** A reading of one table: collects the narrowing calls, then runs as one statement. */
final class TableSelect<D> implements IndexRange<D> {

  /** Rows read at a time when a condition in Java decides which to keep. */
  private static final int SCAN_ROWS = 200;

  private static final int NO_LIMIT = -1;

  private final TableStore<D> store;
  private final Table<D> table;
  private final @Nullable Index<D> index;
  private final Narrowing<D> narrowed;
  private final SqlStorage sql;
  private final @Nullable ReadSet recorded;

  TableSelect(
      TableStore<D> store, @Nullable Index<D> index, SqlStorage sql, @Nullable ReadSet recorded) {
    this.store = store;
    this.table = store.table();
    this.index = index;
    this.narrowed = new Narrowing<>(table, index);
    this.sql = sql;
    this.recorded = recorded;
  }

  @Override
  public <V extends @Nullable Object> IndexRange<D> eq(Field<D, V> field, V value) {
    narrowed.eq(field, value);
    return this;
  }

  @Override
  public <V extends @Nullable Object> IndexRange<D> gt(Field<D, V> field, V value) {
    narrowed.above(field, value, KeyRange.Edge.EXCLUSIVE);
    return this;
  }

  @Override
  public <V extends @Nullable Object> IndexRange<D> gte(Field<D, V> field, V value) {
    narrowed.above(field, value, KeyRange.Edge.INCLUSIVE);
    return this;
  }

  @Override
  public <V extends @Nullable Object> IndexRange<D> lt(Field<D, V> field, V value) {
    narrowed.below(field, value, KeyRange.Edge.EXCLUSIVE);
    return this;
  }

  @Override
  public <V extends @Nullable Object> IndexRange<D> lte(Field<D, V> field, V value) {
    narrowed.below(field, value, KeyRange.Edge.INCLUSIVE);
    return this;
  }

  @Override
  public Select<D> order(Order newOrder) {
    narrowed.order(newOrder);
    return this;
  }

  @Override
  public Select<D> filter(Predicate<D> more) {
    narrowed.filter(more);
    return this;
  }

  @Override
  public Select<D> filter(RowTest<D> test) {
    narrowed.test(test);
    return this;
  }

  @Override
  public List<Doc<D>> take(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("take(" + count + "): the count must not be negative");
    }
    return read(null, count, Wanted.ROWS).rows();
  }

  @Override
  public Optional<Doc<D>> first() {
    List<Doc<D>> rows = take(1);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  @Override
  public Optional<Doc<D>> unique() {
    List<Doc<D>> rows = take(2);
    if (rows.size() > 1) {
      throw new LunoraException(
          ErrorCode.NOT_UNIQUE, "more than one row of " + table.name() + " where one was expected");
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  @Override
  public List<Doc<D>> collect() {
    return read(null, NO_LIMIT, Wanted.ROWS).rows();
  }

  @Override
  public int count() {
    if (narrowed.hasTests()) {
      return read(null, NO_LIMIT, Wanted.ROWS).rows().size();
    }
    Narrowing.SelectText select = narrowed.countText();
    SqlRows counted = sql.query(select.sql(), select.params());
    if (recorded != null) {
      recorded.add(
          new RangeRead<>(
              table, index, narrowed.range(), narrowed.order(), narrowed.condition(), null, null));
    }
    return (int) counted.number(0, 0);
  }

  @Override
  public Page<Doc<D>> paginate(@Nullable String cursor, int numItems) {
    if (numItems < 1) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "numItems must be 1 or more");
    }
    int placeWidth = RangeRead.fieldsOf(index).size() + 2;
    @Nullable Object[] after = cursor == null ? null : PageCursor.read(cursor, placeWidth);
    Rows<D> rows = read(after, numItems + 1, Wanted.PLACES);
    boolean isDone = rows.rows().size() <= numItems;
    if (isDone) {
      return new Page<>(rows.rows(), true, null);
    }
    return new Page<>(
        rows.rows().subList(0, numItems), false, PageCursor.write(rows.place(numItems - 1)));
  }

  /** What the caller needs of each row. */
  private enum Wanted {
    ROWS,
    PLACES
  }

  /** Tells the place of a row that was read. */
  private interface Places {
    @Nullable Object[] of(int row);
  }

  /** What was read, with the rows' places where they were read too. */
  private record Rows<D>(List<Doc<D>> rows, Places places) {

    @Nullable Object[] place(int row) {
      return places.of(row);
    }
  }

  private Rows<D> read(@Nullable Object @Nullable [] after, int limit, Wanted wanted) {
    Rows<D> rows = narrowed.hasTests() ? scan(after, limit) : select(after, limit, wanted);
    if (recorded != null) {
      boolean full = limit != NO_LIMIT && rows.rows().size() == limit;
      // A reading of no rows depends on nothing; a full one only on what comes up to its last row.
      if (limit != 0) {
        recorded.add(
            new RangeRead<>(
                table,
                index,
                narrowed.range(),
                narrowed.order(),
                narrowed.condition(),
                after,
                full ? rows.place(limit - 1) : null));
      }
    }
    return rows;
  }

  private Rows<D> select(@Nullable Object @Nullable [] after, int limit, Wanted wanted) {
    boolean placed = recorded != null || wanted == Wanted.PLACES;
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
