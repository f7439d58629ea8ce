package lunora.query;

import java.util.List;
import java.util.Optional;
import lunora.api.IndexRange;
import lunora.api.Order;
import lunora.api.RowTest;
import lunora.api.Select;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.SqlStorage;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Page;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.TableStore;
import org.jspecify.annotations.Nullable;

/**
 * A reading of one table: collects the narrowing calls, has it read by {@link TableReading}, and
 * records what the answer depends on.
 */
final class TableSelect<D> implements IndexRange<D> {

  private final Table<D> table;
  private final @Nullable Index<D> index;
  private final Narrowing<D> narrowed;
  private final TableReading<D> reading;
  private final @Nullable ReadSet recorded;

  TableSelect(
      TableStore<D> store, @Nullable Index<D> index, SqlStorage sql, @Nullable ReadSet recorded) {
    this.table = store.table();
    this.index = index;
    this.narrowed = new Narrowing<>(table, index);
    this.reading = new TableReading<>(store, index, narrowed, sql);
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
    return read(null, TableReading.NO_LIMIT, Wanted.ROWS).rows();
  }

  @Override
  public int count() {
    if (narrowed.hasTests()) {
      return read(null, TableReading.NO_LIMIT, Wanted.ROWS).rows().size();
    }
    int count = reading.count();
    if (recorded != null) {
      recorded.add(
          new RangeRead<>(
              table, index, narrowed.range(), narrowed.order(), narrowed.condition(), null, null));
    }
    return count;
  }

  @Override
  public Page<Doc<D>> paginate(@Nullable String cursor, int numItems) {
    if (numItems < 1) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "numItems must be 1 or more");
    }
    int placeWidth = RangeRead.fieldsOf(index).size() + 2;
    @Nullable Object[] after = cursor == null ? null : PageCursor.read(cursor, placeWidth);
    TableReading.Rows<D> rows = read(after, numItems + 1, Wanted.PLACES);
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

  private TableReading.Rows<D> read(@Nullable Object @Nullable [] after, int limit, Wanted wanted) {
    boolean placed = recorded != null || wanted == Wanted.PLACES;
    TableReading.Rows<D> rows = reading.read(after, limit, placed);
    if (recorded != null) {
      boolean full = limit != TableReading.NO_LIMIT && rows.rows().size() == limit;
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
}
