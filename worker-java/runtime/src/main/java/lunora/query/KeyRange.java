package lunora.query;

import java.util.List;
import lunora.schema.SqlOrder;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of an index: keys the first fields are equal to, and bounds on the field after them.
 * Without fields it is the whole table.
 */
public record KeyRange(List<@Nullable Object> equal, @Nullable Bound lower, @Nullable Bound upper) {

  /** All of an index. */
  public static final KeyRange ALL = new KeyRange(List.of(), null, null);

  /**
   * One end of a range.
   *
   * @param key in index form, never null: a missing value is beyond every bound
   */
  public record Bound(Object key, Edge edge) {}

  /** Whether the bound itself belongs to the range. */
  public enum Edge {
    INCLUSIVE,
    EXCLUSIVE
  }

  /** Whether a row at this place (see {@link lunora.store.RowImage#place}) lies in the range. */
  public boolean contains(@Nullable Object[] place) {
    for (int i = 0; i < equal.size(); i++) {
      if (SqlOrder.INSTANCE.compare(place[i], equal.get(i)) != 0) {
        return false;
      }
    }
    if (lower == null && upper == null) {
      return true;
    }
    Object key = place[equal.size()];
    return key != null
        && (lower == null || above(key, lower))
        && (upper == null || below(key, upper));
  }

  private static boolean above(Object key, Bound bound) {
    int order = SqlOrder.INSTANCE.compare(key, bound.key());
    return bound.edge() == Edge.INCLUSIVE ? order >= 0 : order > 0;
  }

  private static boolean below(Object key, Bound bound) {
    int order = SqlOrder.INSTANCE.compare(key, bound.key());
    return bound.edge() == Edge.INCLUSIVE ? order <= 0 : order < 0;
  }
}
