package lunora.query;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import lunora.api.Order;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.SqlOrder;
import lunora.schema.Table;
import lunora.store.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a stretch of an index, as far as it went. A write matters to it only if the row
 * was or is in the range, fulfils the condition, and stands between the start and the place where
 * the reading stopped.
 *
 * @param index null for a reading by creation time alone
 * @param condition null for none
 * @param from the place after which the reading began, exclusive; null for the range's start
 * @param until the place of the last row it needed, inclusive; null when it ran to the range's end
 */
public record RangeRead<D>(
    Table<D> table,
    @Nullable Index<D> index,
    KeyRange range,
    Order order,
    @Nullable Predicate<D> condition,
    @Nullable Object @Nullable [] from,
    @Nullable Object @Nullable [] until) {

  /** Whether a write that had this row before or after it can change the reading's result. */
  public boolean covers(RowImage<D> row) {
    @Nullable Object[] place = row.place(fieldsOf(index));
    return range.contains(place)
        && (from == null || inDirection(place, from) > 0)
        && (until == null || inDirection(place, until) <= 0)
        && (condition == null || condition.test(row.doc().value()));
  }

  /** The least key, after the equal ones, of a row that can matter; null for any. */
  public @Nullable Object low() {
    KeyRange.Bound bound = range.lower();
    return greater(bound == null ? null : bound.key(), order == Order.ASC ? key(from) : key(until));
  }

  /** The greatest key, after the equal ones, of a row that can matter; null for any. */
  public @Nullable Object high() {
    KeyRange.Bound bound = range.upper();
    Object stop = order == Order.ASC ? key(until) : key(from);
    if (bound == null || stop == null) {
      return bound == null ? stop : bound.key();
    }
    return SqlOrder.INSTANCE.compare(bound.key(), stop) < 0 ? bound.key() : stop;
  }

  private static @Nullable Object greater(@Nullable Object a, @Nullable Object b) {
    return SqlOrder.INSTANCE.compare(a, b) < 0 ? b : a;
  }

  private @Nullable Object key(@Nullable Object @Nullable [] place) {
    return place == null ? null : place[range.equal().size()];
  }

  /** Whether both read the same range in the same way, wherever they stopped. */
  boolean sameScope(RangeRead<?> other) {
    return table == other.table
        && index == other.index
        && order == other.order
        && range.equals(other.range)
        && Objects.equals(condition, other.condition)
        && Arrays.equals(from, other.from);
  }

  private int inDirection(@Nullable Object[] a, @Nullable Object[] b) {
    int ascending = compare(a, b);
    return order == Order.ASC ? ascending : -ascending;
  }

  private static int compare(@Nullable Object[] a, @Nullable Object[] b) {
    for (int i = 0; i < a.length; i++) {
      int difference = SqlOrder.INSTANCE.compare(a[i], b[i]);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** The fields that make up a row's place along an index. */
  static <D> List<Field<D, ?>> fieldsOf(@Nullable Index<D> index) {
    return index == null ? List.of() : index.fields();
  }
}
