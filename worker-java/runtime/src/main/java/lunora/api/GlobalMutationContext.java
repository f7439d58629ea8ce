package lunora.api;

import lunora.schema.Table;

/**
 * The context of a mutation over global tables. Its writes are kept until the function returns and
 * are then done together or not at all; {@code CONFLICT} if a row that it changes or deletes was
 * changed by somebody else since it was read. Other rows that it read may have changed meanwhile.
 */
public interface GlobalMutationContext extends GlobalQueryContext {

  @Override
  <D> GlobalWriter<D> table(Table<D> table);
}
