package lunora.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.oplog.RowWrite;
import lunora.query.IdRead;
import lunora.query.RangeRead;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;
import lunora.store.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * Finds the live queries that a write affects, by what they read: a hash look-up by row id, a hash
 * look-up by the keys an index range is equal to, and an interval look-up by the key after those.
 * Work grows with the queries affected, not with all there are.
 */
final class SubscriptionIndex {

  /** The readings of one index (or of none) that are equal on the same number of fields. */
  private record Group(@Nullable Index<?> index, int equalCount) {}

  /** One range that one live query read. */
  private record Watch(LiveQuery query, RangeRead<?> read) {}

  /** Where a watch was put, so that it can be taken out again. */
  private record Registration(
      Map<String, IntervalIndex<Watch>> buckets, String bucket, IntervalIndex.Entry<Watch> entry) {}

  private final Map<IdRead, Set<LiveQuery>> byId = new HashMap<>();
  private final Map<Table<?>, Map<Group, Map<String, IntervalIndex<Watch>>>> byRange =
      new HashMap<>();
  private final Map<LiveQuery, List<Registration>> registrations = new HashMap<>();

  /** Takes up a query by its read set. */
  void add(LiveQuery query) {
    for (IdRead read : query.reads().ids()) {
      byId.computeIfAbsent(read, r -> new LinkedHashSet<>()).add(query);
    }
    List<Registration> own = new ArrayList<>();
    for (RangeRead<?> read : query.reads().ranges()) {
      own.add(register(new Watch(query, read)));
    }
    registrations.put(query, own);
  }

  private Registration register(Watch watch) {
    RangeRead<?> read = watch.read();
    Map<String, IntervalIndex<Watch>> buckets =
        byRange
            .computeIfAbsent(read.table(), t -> new HashMap<>())
            .computeIfAbsent(
                new Group(read.index(), read.range().equal().size()), g -> new HashMap<>());
    String bucket = KeyText.of(read.range().equal());
    IntervalIndex<Watch> intervals = buckets.computeIfAbsent(bucket, b -> new IntervalIndex<>());
    Object high = read.high();
    IntervalIndex.Entry<Watch> entry =
        intervals.add(read.low(), high == null ? IntervalIndex.TOP : high, watch);
    return new Registration(buckets, bucket, entry);
  }

  /** Forgets a query by the read set it was added with. */
  void remove(LiveQuery query) {
    for (IdRead read : query.reads().ids()) {
      Set<LiveQuery> readers = byId.get(read);
      if (readers != null && readers.remove(query) && readers.isEmpty()) {
        byId.remove(read);
      }
    }
    List<Registration> own = registrations.remove(query);
    if (own == null) {
      return;
    }
    for (Registration each : own) {
      IntervalIndex<Watch> intervals = each.buckets().get(each.bucket());
      if (intervals != null) {
        intervals.remove(each.entry());
        if (intervals.isEmpty()) {
          each.buckets().remove(each.bucket());
        }
      }
    }
  }

  /** The queries with this very reading. */
  Set<LiveQuery> readersOf(IdRead read) {
    return new LinkedHashSet<>(byId.getOrDefault(read, Set.of()));
  }

  /** Adds every query that the write affects: it read the row as it was or as it is. */
  <D> void affected(RowWrite<D> write, Set<LiveQuery> into) {
    affected(write.table(), write.before(), into);
    affected(write.table(), write.after(), into);
  }

  private <D> void affected(Table<D> table, @Nullable RowImage<D> row, Set<LiveQuery> into) {
    if (row == null) {
      return;
    }
    Set<LiveQuery> readers = byId.get(new IdRead(table.name(), row.doc().id().value()));
    if (readers != null) {
      into.addAll(readers);
    }
    Map<Group, Map<String, IntervalIndex<Watch>>> groups = byRange.get(table);
    if (groups == null) {
      return;
    }
    List<Watch> near = new ArrayList<>();
    for (Map.Entry<Group, Map<String, IntervalIndex<Watch>>> entry : groups.entrySet()) {
      near(entry.getKey(), entry.getValue(), row, near);
    }
    for (Watch watch : near) {
      if (!into.contains(watch.query()) && covers(watch.read(), row)) {
        into.add(watch.query());
      }
    }
  }

  @SuppressWarnings("unchecked") // groups are kept under their own table
  private static <D> void near(
      Group group, Map<String, IntervalIndex<Watch>> buckets, RowImage<D> row, List<Watch> into) {
    Index<D> index = (Index<D>) group.index();
    List<Field<D, ?>> fields = index == null ? List.of() : index.fields();
    @Nullable Object[] place = row.place(fields);
    List<@Nullable Object> equal = new ArrayList<>();
    for (int i = 0; i < group.equalCount(); i++) {
      equal.add(place[i]);
    }
    IntervalIndex<Watch> intervals = buckets.get(KeyText.of(equal));
    if (intervals != null) {
      intervals.containing(place[group.equalCount()], into);
    }
  }

  @SuppressWarnings("unchecked") // watches are kept under their own table
  private static <D> boolean covers(RangeRead<?> read, RowImage<D> row) {
    return ((RangeRead<D>) read).covers(row);
  }
}
