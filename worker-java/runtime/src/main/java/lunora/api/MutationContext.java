package lunora.api;

import lunora.schema.Table;

/**
 * The context of a mutation: one transaction, committed when the function returns and rolled back
 * whole when it throws. Never suspends.
 */
public interface MutationContext extends QueryContext {

  @Override
  <D> TableWriter<D> table(Table<D> table);
}
