package lunora.api;

import lunora.schema.Predicate;

/** Says which rows of a table a caller may read or write. Never suspends. */
@FunctionalInterface
public interface PolicyRule<D> {

  /**
   * The rows, as a condition: it becomes part of every statement, live query and shape. It depends
   * on nothing but who is calling.
   *
   * @throws lunora.error.LunoraException to refuse the caller altogether
   */
  Predicate<D> rows(PolicyContext ctx);
}
