package lunora.subscription;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lunora.oplog.RowWrite;
import lunora.query.IdRead;
import lunora.query.RangeRead;
import lunora.query.ReadSet;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;
import lunora.store.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * Read sets as numbers that SQLite can look up, so that a shard that has just woken up finds the
 * live queries a write may affect without loading all of them. A bucket is the hash of a row id or
 * of the keys an index range is equal to. Queries may share one by chance or because their ranges
 * differ only beyond the equal keys: {@link SubscriptionIndex} decides.
 */
final class ReadBuckets {

  /** A query with more readings than this is found by every write to the tables it read. */
  private static final int EACH_MAX = 64;

  private static final String ID = "id";
  private static final String ANY = "any";

  private ReadBuckets() {}

  /** Where a read set is to be found. */
  static Set<Integer> of(ReadSet reads) {
    Set<Integer> buckets = new LinkedHashSet<>();
    if (reads.ids().size() + reads.ranges().size() > EACH_MAX) {
      for (String table : reads.tables()) {
        buckets.add(bucket(table, ANY, ""));
      }
      return buckets;
    }
    for (IdRead read : reads.ids()) {
      buckets.add(of(read));
    }
    for (RangeRead<?> read : reads.ranges()) {
      List<@Nullable Object> equal = read.range().equal();
      buckets.add(
          bucket(read.table().name(), group(read.index(), equal.size()), KeyText.of(equal)));
    }
    return buckets;
  }

  /** Where a reading of one id is to be found. */
  static int of(IdRead read) {
    return bucket(read.table(), ID, read.id());
  }

  /** Adds every bucket in which a query that the write affects can be. */
  static <D> void of(RowWrite<D> write, Set<Integer> into) {
    into.add(bucket(write.table().name(), ANY, ""));
    of(write.table(), write.before(), into);
    of(write.table(), write.after(), into);
  }

  private static <D> void of(Table<D> table, @Nullable RowImage<D> row, Set<Integer> into) {
    if (row == null) {
      return;
    }
    into.add(bucket(table.name(), ID, row.doc().id().value()));
    into.add(bucket(table.name(), group(null, 0), ""));
    for (Index<D> index : table.indexes()) {
      List<Field<D, ?>> fields = index.fields();
      @Nullable Object[] place = row.place(fields);
      List<@Nullable Object> equal = new ArrayList<>();
      for (int i = 0; i <= fields.size(); i++) {
        into.add(bucket(table.name(), group(index, i), KeyText.of(equal)));
        equal.add(place[i]);
      }
    }
  }

  private static String group(@Nullable Index<?> index, int equalCount) {
    return index == null ? "" : index.name() + "/" + equalCount;
  }

  private static int bucket(String table, String group, String key) {
    return 31 * (31 * table.hashCode() + group.hashCode()) + key.hashCode();
  }

  /** Numbers as the JSON array that SQLite takes apart. */
  static String json(Iterable<Integer> numbers) {
    StringBuilder json = new StringBuilder("[");
    for (Integer number : numbers) {
      json.append(json.length() == 1 ? "" : ",").append(number.intValue());
    }
    return json.append("]").toString();
  }
}
