package lunora.api;

import java.util.List;
import java.util.Optional;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Page;
import lunora.schema.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A reading of one global table: what {@link Select} and {@link IndexRange} are to a table of the
 * shard, by the same rules. The calls that run it may suspend.
 *
 * @param <D> the document
 */
public interface GlobalSelect<D> {

  <V extends @Nullable Object> GlobalSelect<D> eq(Field<D, V> field, V value);

  <V extends @Nullable Object> GlobalSelect<D> gt(Field<D, V> field, V value);

  <V extends @Nullable Object> GlobalSelect<D> gte(Field<D, V> field, V value);

  <V extends @Nullable Object> GlobalSelect<D> lt(Field<D, V> field, V value);

  <V extends @Nullable Object> GlobalSelect<D> lte(Field<D, V> field, V value);

  /** Sets the direction; ascending otherwise. */
  GlobalSelect<D> order(Order order);

  /** Keeps rows that fulfil the condition. */
  GlobalSelect<D> filter(Predicate<D> condition);

  /** Keeps rows that pass the test, which must not suspend. Linear: the whole range is read. */
  GlobalSelect<D> filter(RowTest<D> test);

  /** The first rows, at most {@code count} (0 or more). */
  List<Doc<D>> take(int count);

  /** The first row. */
  Optional<Doc<D>> first();

  /** The only row; {@code NOT_UNIQUE} if there are several. */
  Optional<Doc<D>> unique();

  /** Every row. */
  List<Doc<D>> collect();

  /** How many rows there are. */
  int count();

  /** One page: {@link Select#paginate}. */
  Page<Doc<D>> paginate(@Nullable String cursor, int numItems);
}
