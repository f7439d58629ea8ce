package lunora.api;

import java.util.List;
import java.util.Optional;
import lunora.schema.Doc;
import lunora.schema.Page;
import lunora.schema.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A reading of one table that has not run yet. Calls narrow it and return the same reading; the
 * last call runs it. Never suspends.
 *
 * @param <D> the document
 */
public interface Select<D> {

  /** Sets the direction; ascending otherwise. */
  Select<D> order(Order order);

  /** Keeps rows that fulfil the condition. It runs in SQL and narrows what a live query watches. */
  Select<D> filter(Predicate<D> condition);

  /**
   * Keeps rows that pass the test. Linear: every row of the range is read and parsed until enough
   * pass.
   */
  Select<D> filter(RowTest<D> test);

  /** The first rows, at most {@code count} (0 or more). */
  List<Doc<D>> take(int count);

  /** The first row. */
  Optional<Doc<D>> first();

  /**
   * The only row.
   *
   * @throws lunora.error.LunoraException {@code NOT_UNIQUE} if there are several
   */
  Optional<Doc<D>> unique();

  /** How many rows there are. Nothing of them is sent, but all of the range is gone through. */
  int count();

  /** Every row. For what is known to be small: a result has to fit one answer. */
  List<Doc<D>> collect();

  /**
   * One page of at most {@code numItems} (1 or more) rows.
   *
   * @param cursor {@code continueCursor} of the page before, null for the first page
   * @throws lunora.error.LunoraException {@code BAD_REQUEST} if the cursor is not one of this
   *     reading
   */
  Page<Doc<D>> paginate(@Nullable String cursor, int numItems);
}
