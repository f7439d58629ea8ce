package lunora.api;

import lunora.schema.Table;

/**
 * The context of a query over global tables. Its readings see at least what the caller's bookmark
 * has seen, each by itself: together they are no snapshot.
 */
public interface GlobalQueryContext extends FunctionContext {

  /** A global table. */
  <D> GlobalReader<D> table(Table<D> table);
}
