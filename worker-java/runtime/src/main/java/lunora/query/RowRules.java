package lunora.query;

import lunora.api.PolicyContext;
import lunora.api.RowPolicy;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.schema.Predicate;
import lunora.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * What one call may do with the rows of one table. The policies are asked at most once a call, and
 * only when something is read or written.
 */
public final class RowRules<D> {

  private static final RowRules<?> NONE = new RowRules<>(null, null);

  private final @Nullable Guard<D> guard;
  private final @Nullable PolicyContext context;
  private @Nullable Predicate<D> readable;
  private @Nullable Predicate<D> writable;

  RowRules(@Nullable Guard<D> guard, @Nullable PolicyContext context) {
    this.guard = guard;
    this.context = context;
  }

  /** The policies of one guarded table. */
  record Guard<D>(Table<D> table, @Nullable RowPolicy<D> read, @Nullable RowPolicy<D> write) {

    /**
     * The same with one more.
     *
     * @throws IllegalArgumentException when the table has one for the same access
     */
    Guard<D> with(RowPolicy<D> policy) {
      if (policy.reads() && read != null || policy.writes() && write != null) {
        throw new IllegalArgumentException(
            table.name() + " has two policies for the same access: join them into one");
      }
      return new Guard<>(table, policy.reads() ? policy : read, policy.writes() ? policy : write);
    }
  }

  /** All rows, to read and to write. */
  @SuppressWarnings("unchecked") // it holds nothing of a row
  public static <D> RowRules<D> none() {
    return (RowRules<D>) NONE;
  }

  /** Whether anything is forbidden at all. */
  public boolean guard() {
    return guard != null;
  }

  /**
   * The rows that may be read, null for all.
   *
   * @throws LunoraException {@code RLS_REQUIRED} where no policy says, or what the policy refuses
   */
  public @Nullable Predicate<D> readable() {
    if (guard != null && readable == null) {
      readable = ask(guard, guard.read(), "reading");
    }
    return readable;
  }

  /**
   * Refuses a row that may not be written, as it is before a write or as it would be after it.
   *
   * @throws LunoraException {@code FORBIDDEN}, {@code RLS_REQUIRED} where no policy says, or what
   *     the policy refuses
   */
  public void checkWritable(D document) {
    if (guard == null) {
      return;
    }
    if (writable == null) {
      writable = ask(guard, guard.write(), "writing");
    }
    if (!writable.test(document)) {
      throw new LunoraException(
          ErrorCode.FORBIDDEN, "this row of " + guard.table().name() + " is not yours to write");
    }
  }

  private Predicate<D> ask(Guard<D> guarded, @Nullable RowPolicy<D> policy, String access) {
    if (policy == null || context == null) {
      throw new LunoraException(
              ErrorCode.RLS_REQUIRED,
              "no policy of table " + guarded.table().name() + " allows " + access)
          .withHint("add a @Policy for it");
    }
    return policy.rule().rows(context);
  }
}
