package lunora.subscription;

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
 * Finds the live queries that a write affects, by what they read: hash look-ups by row id and by
 * the keys an index range is equal to, then the few ranges that share those keys one by one. Work
 * grows with the queries affected, not with all there are.
 */
final class SubscriptionIndex {

  /** The readings of one index (or of none) that are equal on the same number of fields. */
  private record Group(@Nullable Index<?> index, int equalCount) {}

  /** One range that one live query read. */
  private record Watch(LiveQuery query, RangeRead<?> read) {}

  private final Map<IdRead, Set<LiveQuery>> byId = new HashMap<>();
  private final Map<Table<?>, Map<Group, Map<String, Set<Watch>>>> byRange = new HashMap<>();

  /** Takes up a query by its read set. */
  void add(LiveQuery query) {
    for (IdRead read : query.reads().ids()) {
      byId.computeIfAbsent(read, r -> new LinkedHashSet<>()).add(query);
    }
    for (RangeRead<?> read : query.reads().ranges()) {
      byRange
          .computeIfAbsent(read.table(), t -> new HashMap<>())
          .computeIfAbsent(groupOf(read), g -> new HashMap<>())
          .computeIfAbsent(bucket(read.range().equal()), b -> new LinkedHashSet<>())
          .add(new Watch(query, read));
    }
  }

  /** Forgets a query by the read set it was added with. */
  void remove(LiveQuery query) {
    for (IdRead read : query.reads().ids()) {
      removeFrom(byId, read, query);
    }
    for (RangeRead<?> read : query.reads().ranges()) {
      Map<Group, Map<String, Set<Watch>>> groups = byRange.get(read.table());
      Map<String, Set<Watch>> buckets = groups == null ? null : groups.get(groupOf(read));
      if (groups != null && buckets != null) {
        removeFrom(buckets, bucket(read.range().equal()), new Watch(query, read));
        if (buckets.isEmpty()) {
          groups.remove(groupOf(read));
        }
      }
    }
  }

  private static <K, V> void removeFrom(Map<K, Set<V>> sets, K key, V value) {
    Set<V> set = sets.get(key);
    if (set != null && set.remove(value) && set.isEmpty()) {
      sets.remove(key);
    }
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
    Map<Group, Map<String, Set<Watch>>> groups = byRange.get(table);
    if (groups == null) {
      return;
    }
    for (Map.Entry<Group, Map<String, Set<Watch>>> entry : groups.entrySet()) {
      Set<Watch> watches = entry.getValue().get(bucketOf(row, entry.getKey()));
      if (watches != null) {
        addCovering(watches, row, into);
      }
    }
  }

  private static <D> void addCovering(Set<Watch> watches, RowImage<D> row, Set<LiveQuery> into) {
    for (Watch watch : watches) {
      if (!into.contains(watch.query()) && covers(watch.read(), row)) {
        into.add(watch.query());
      }
    }
  }

  @SuppressWarnings("unchecked") // watches are kept under their own table
  private static <D> boolean covers(RangeRead<?> read, RowImage<D> row) {
    return ((RangeRead<D>) read).covers(row);
  }

  private static Group groupOf(RangeRead<?> read) {
    return new Group(read.index(), read.range().equal().size());
  }

  @SuppressWarnings("unchecked") // groups are kept under their own table
  private static <D> String bucketOf(RowImage<D> row, Group group) {
    Index<D> index = (Index<D>) group.index();
    if (index == null || group.equalCount() == 0) {
      return "";
    }
    StringBuilder bucket = new StringBuilder();
    List<Field<D, ?>> fields = index.fields();
    for (int i = 0; i < group.equalCount(); i++) {
      append(bucket, fields.get(i).keyOf(row.doc().value()));
    }
    return bucket.toString();
  }

  private static String bucket(List<@Nullable Object> equal) {
    StringBuilder bucket = new StringBuilder();
    for (Object key : equal) {
      append(bucket, key);
    }
    return bucket.toString();
  }

  /** Writes a key so that different lists of keys give different texts. */
  private static void append(StringBuilder bucket, @Nullable Object key) {
    if (key == null) {
      bucket.append("-;");
    } else if (key instanceof Double number) {
      // One zero, as in the database.
      bucket.append('d').append(number == 0 ? 0 : Double.doubleToLongBits(number)).append(';');
    } else if (key instanceof String text) {
      bucket.append('s').append(text.length()).append(':').append(text);
    } else {
      byte[] bytes = (byte[]) key;
      bucket.append('b').append(bytes.length).append(':');
      for (byte each : bytes) {
        bucket.append((char) (each & 0xff));
      }
    }
  }
}
