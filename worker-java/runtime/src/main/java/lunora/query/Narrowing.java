package lunora.query;

import java.util.ArrayList;
import java.util.List;
import lunora.api.Order;
import lunora.api.RowTest;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * What a reading of one table was narrowed to so far: a stretch of an index, a direction and
 * conditions. It runs nothing, so that readings of the shard and of the global database share it.
 */
public final class Narrowing<D> {

  private static final int NO_LIMIT = -1;

  private final Table<D> table;
  private final @Nullable Index<D> index;
  private final List<@Nullable Object> equal = new ArrayList<>();
  private final List<RowTest<D>> tests = new ArrayList<>();
  private KeyRange.@Nullable Bound lower;
  private KeyRange.@Nullable Bound upper;
  private Order order = Order.ASC;
  private @Nullable Predicate<D> condition;

  /** All rows along an index; null for the order of creation. */
  public Narrowing(Table<D> table, @Nullable Index<D> index) {
    this.table = table;
    this.index = index;
  }

  public <V extends @Nullable Object> void eq(Field<D, V> field, V value) {
    expectNext(field);
    if (lower != null || upper != null) {
      throw new IllegalArgumentException("eq(" + field.name() + ") cannot follow a bound");
    }
    equal.add(field.codec().key(value));
  }

  /** Sets the lower bound. */
  public <V extends @Nullable Object> void above(Field<D, V> field, V value, KeyRange.Edge edge) {
    lower = bound(field, value, lower, edge);
  }

  /** Sets the upper bound. */
  public <V extends @Nullable Object> void below(Field<D, V> field, V value, KeyRange.Edge edge) {
    upper = bound(field, value, upper, edge);
  }

  private <V extends @Nullable Object> KeyRange.Bound bound(
      Field<D, V> field, V value, KeyRange.@Nullable Bound present, KeyRange.Edge edge) {
    expectNext(field);
    Object key = field.codec().key(value);
    if (present != null || key == null) {
      throw new IllegalArgumentException(
          "index bound on "
              + field.name()
              + ": at most one of each side, and never a missing value");
    }
    return new KeyRange.Bound(key, edge);
  }

  private void expectNext(Field<D, ?> field) {
    List<Field<D, ?>> fields = fields();
    int next = equal.size();
    if (next >= fields.size() || fields.get(next) != field) {
      throw new IllegalArgumentException(
          "field "
              + field.name()
              + " is not the next of index "
              + (index == null ? "none" : index.name())
              + ": name its fields in order");
    }
  }

  public void order(Order newOrder) {
    order = newOrder;
  }

  /** Adds a condition: one that SQL cannot decide becomes a test. */
  public void filter(Predicate<D> more) {
    Predicate<D> all = condition == null ? more : condition.and(more);
    if (PredicateSql.renders(table, all)) {
      condition = all;
    } else {
      tests.add(doc -> more.test(doc.value()));
    }
  }

  public void test(RowTest<D> test) {
    tests.add(test);
  }

  public Table<D> table() {
    return table;
  }

  public @Nullable Index<D> index() {
    return index;
  }

  /** The fields of the index. */
  public List<Field<D, ?>> fields() {
    return RangeRead.fieldsOf(index);
  }

  public Order order() {
    return order;
  }

  public @Nullable Predicate<D> condition() {
    return condition;
  }

  /** A copy: what is recorded must not change when the reading is narrowed and run again. */
  public KeyRange range() {
    return new KeyRange(new ArrayList<>(equal), lower, upper);
  }

  /** Whether rows have to be tested one by one. */
  public boolean hasTests() {
    return !tests.isEmpty();
  }

  public boolean passes(Doc<D> doc) {
    for (RowTest<D> test : tests) {
      if (!test.test(doc)) {
        return false;
      }
    }
    return true;
  }

  /** The statement that reads at most {@code limit} rows behind a place; negative is no limit. */
  public SelectText select(@Nullable Object @Nullable [] after, int limit) {
    SelectSql<D> select =
        SelectSql.render(
            table, index, range(), order, condition, after, SelectSql.Columns.PLACED_ROW);
    String text = select.sql(limit);
    return new SelectText(text, select.params());
  }

  /** The statement that counts the rows, in its only column. */
  public SelectText countText() {
    SelectSql<D> select =
        SelectSql.render(table, index, range(), order, condition, null, SelectSql.Columns.ROW);
    String text = "SELECT count(*) AS count FROM (" + select.sql(NO_LIMIT) + ")";
    return new SelectText(text, select.params());
  }

  /**
   * A statement with its parameters. Its columns are id, text, the index's fields, creation time
   * and sequence: all from the third on are the row's place.
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on to the database, never compared
  public record SelectText(String sql, @Nullable Object[] params) {}
}
