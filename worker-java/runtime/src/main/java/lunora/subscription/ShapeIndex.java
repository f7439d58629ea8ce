package lunora.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.schema.Field;
import lunora.schema.Table;
import lunora.shape.RowChange;
import lunora.store.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shapes that a change of a row affects, by their conditions: a hash look-up by the keys
 * that fields have to be equal to, then an interval look-up by the key of one more. What is found
 * that way is tested against the whole condition. Work grows with the shapes affected, not with all
 * there are.
 */
final class ShapeIndex {

  /** The places that tell the same fields apart: equality of some, a stretch of one, or null. */
  record Group(List<Field<?, ?>> equal, @Nullable Field<?, ?> range) {}

  /** Where a shape was put, so that it can be taken out again. */
  private record Registration(
      Map<Group, Map<String, IntervalIndex<LiveShape>>> groups,
      Group group,
      String bucket,
      IntervalIndex.Entry<LiveShape> entry) {}

  private final Map<Table<?>, Map<Group, Map<String, IntervalIndex<LiveShape>>>> byTable =
      new HashMap<>();
  private final Map<LiveShape, List<Registration>> registrations = new HashMap<>();

  /** Whether any shape has rows of the table. */
  boolean watches(Table<?> table) {
    return byTable.containsKey(table);
  }

  void add(LiveShape shape) {
    Map<Group, Map<String, IntervalIndex<LiveShape>>> groups =
        byTable.computeIfAbsent(shape.definition().table(), t -> new HashMap<>());
    List<Registration> own = new ArrayList<>();
    for (ShapePlace place : ShapePlace.of(shape.definition().where())) {
      IntervalIndex<LiveShape> intervals =
          groups
              .computeIfAbsent(place.group(), g -> new HashMap<>())
              .computeIfAbsent(place.bucket(), b -> new IntervalIndex<>());
      IntervalIndex.Entry<LiveShape> entry = intervals.add(place.low(), place.high(), shape);
      own.add(new Registration(groups, place.group(), place.bucket(), entry));
    }
    registrations.put(shape, own);
  }

  void remove(LiveShape shape) {
    List<Registration> own = registrations.remove(shape);
    if (own == null) {
      return;
    }
    for (Registration each : own) {
      Map<String, IntervalIndex<LiveShape>> buckets = each.groups().get(each.group());
      IntervalIndex<LiveShape> intervals = buckets == null ? null : buckets.get(each.bucket());
      if (buckets != null && intervals != null) {
        intervals.remove(each.entry());
        if (intervals.isEmpty()) {
          buckets.remove(each.bucket());
        }
        if (buckets.isEmpty()) {
          each.groups().remove(each.group());
        }
      }
    }
    Table<?> table = shape.definition().table();
    Map<?, ?> left = byTable.get(table);
    if (left != null && left.isEmpty()) {
      byTable.remove(table);
    }
  }

  /**
   * Adds the shapes that may have had the row before the change or have it after. None that did or
   * do are missing; some may not.
   */
  <D> void near(RowChange<D> change, Set<LiveShape> into) {
    Map<Group, Map<String, IntervalIndex<LiveShape>>> groups = byTable.get(change.table());
    if (groups == null) {
      return;
    }
    List<LiveShape> found = new ArrayList<>();
    for (Map.Entry<Group, Map<String, IntervalIndex<LiveShape>>> entry : groups.entrySet()) {
      near(entry.getKey(), entry.getValue(), change.before(), found);
      near(entry.getKey(), entry.getValue(), change.after(), found);
    }
    into.addAll(found);
  }

  private static <D> void near(
      Group group,
      Map<String, IntervalIndex<LiveShape>> buckets,
      @Nullable RowImage<D> row,
      List<LiveShape> into) {
    if (row == null) {
      return;
    }
    List<@Nullable Object> keys = new ArrayList<>();
    for (Field<?, ?> field : group.equal()) {
      keys.add(key(field, row));
    }
    IntervalIndex<LiveShape> intervals = buckets.get(KeyText.of(keys));
    if (intervals != null) {
      Field<?, ?> range = group.range();
      intervals.containing(range == null ? null : key(range, row), into);
    }
  }

  @SuppressWarnings("unchecked") // groups are kept under their own table
  private static <D> @Nullable Object key(Field<?, ?> field, RowImage<D> row) {
    return ((Field<D, ?>) field).keyOf(row.doc().value());
  }
}
