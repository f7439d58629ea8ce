package lunora.global;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lunora.api.GlobalSelect;
import lunora.api.Order;
import lunora.api.RowTest;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalSession;
import lunora.query.KeyRange.Edge;
import lunora.query.Narrowing;
import lunora.query.PageCursor;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Page;
import lunora.schema.Predicate;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/** A reading of one global table, run as one statement. */
final class GlobalReading<D> implements GlobalSelect<D> {

  private static final int NO_LIMIT = -1;

  /** The first column of a row's place. */
  private static final int PLACE_COLUMN = 2;

  private final Table<D> table;
  private final Narrowing<D> narrowed;
  private final GlobalSession session;

  GlobalReading(Table<D> table, @Nullable Index<D> index, GlobalSession session) {
    this.table = table;
    this.narrowed = new Narrowing<>(table, index);
    this.session = session;
  }

  @Override
  public <V extends @Nullable Object> GlobalSelect<D> eq(Field<D, V> field, V value) {
    narrowed.eq(field, value);
    return this;
  }

  @Override
  public <V extends @Nullable Object> GlobalSelect<D> gt(Field<D, V> field, V value) {
    narrowed.above(field, value, Edge.EXCLUSIVE);
    return this;
  }

  @Override
  public <V extends @Nullable Object> GlobalSelect<D> gte(Field<D, V> field, V value) {
    narrowed.above(field, value, Edge.INCLUSIVE);
    return this;
  }

  @Override
  public <V extends @Nullable Object> GlobalSelect<D> lt(Field<D, V> field, V value) {
    narrowed.below(field, value, Edge.EXCLUSIVE);
    return this;
  }

  @Override
  public <V extends @Nullable Object> GlobalSelect<D> lte(Field<D, V> field, V value) {
    narrowed.below(field, value, Edge.INCLUSIVE);
    return this;
  }

  @Override
  public GlobalSelect<D> order(Order order) {
    narrowed.order(order);
    return this;
  }

  @Override
  public GlobalSelect<D> filter(Predicate<D> condition) {
    narrowed.filter(condition);
    return this;
  }

  @Override
  public GlobalSelect<D> filter(RowTest<D> test) {
    narrowed.test(test);
    return this;
  }

  @Override
  public List<Doc<D>> take(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("take(" + count + "): the count must not be negative");
    }
    return docs(read(null, count));
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
    return docs(read(null, NO_LIMIT));
  }

  @Override
  public int count() {
    if (narrowed.hasTests()) {
      List<Placed<D>> kept = read(null, NO_LIMIT);
      return kept.size();
    }
    Narrowing.SelectText select = narrowed.countText();
    SqlRows counted = session.query(select.sql(), select.params());
    return (int) counted.number(0, 0);
  }

  @Override
  public Page<Doc<D>> paginate(@Nullable String cursor, int numItems) {
    if (numItems < 1 || numItems == Integer.MAX_VALUE) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "numItems must be 1 or more");
    }
    @Nullable Object[] after = cursor == null ? null : PageCursor.read(cursor, placeWidth());
    List<Placed<D>> rows = read(after, numItems + 1);
    if (rows.size() <= numItems) {
      return new Page<>(docs(rows), true, null);
    }
    List<Placed<D>> page = rows.subList(0, numItems);
    return new Page<>(docs(page), false, PageCursor.write(page.get(numItems - 1).place()));
  }

  /** A row with its place in the order of the reading. */
  @SuppressWarnings("ArrayRecordComponent") // handed on to a cursor, never compared
  private record Placed<D>(Doc<D> doc, @Nullable Object[] place) {}

  private List<Placed<D>> read(@Nullable Object @Nullable [] after, int limit) {
    Narrowing.SelectText select = narrowed.select(after, narrowed.hasTests() ? NO_LIMIT : limit);
    SqlRows rows = session.query(select.sql(), select.params());
    List<Placed<D>> kept = new ArrayList<>();
    for (int i = 0; i < rows.size() && (limit == NO_LIMIT || kept.size() < limit); i++) {
      Doc<D> doc = new Doc<>(table, new Id<>(rows.text(i, 0)), rows.json(i, 1));
      if (narrowed.passes(doc)) {
        kept.add(new Placed<>(doc, place(rows, i)));
      }
    }
    return kept;
  }

  private static <D> List<Doc<D>> docs(List<Placed<D>> rows) {
    List<Doc<D>> docs = new ArrayList<>();
    for (Placed<D> row : rows) {
      docs.add(row.doc());
    }
    return docs;
  }

  private int placeWidth() {
    List<Field<D, ?>> fields = narrowed.fields();
    return fields.size() + 2;
  }

  private @Nullable Object[] place(SqlRows rows, int row) {
    Object[] place = new Object[placeWidth()];
    for (int i = 0; i < place.length; i++) {
      place[i] = rows.key(row, PLACE_COLUMN + i);
    }
    return place;
  }
}
