package lunora.api;

import lunora.schema.Table;

/** The context of a query: reads only. Never suspends. */
public interface QueryContext extends FunctionContext {

  /** A table of this shard. */
  <D> TableReader<D> table(Table<D> table);
}
