package lunora.api;

import lunora.schema.Doc;

/**
 * What a {@link DataMigration} does with one row that is stored already. It writes as a mutation of
 * the system does, through the context; a row that needs nothing is left alone. Never suspends.
 *
 * @param <D> the document
 */
@FunctionalInterface
public interface RowMigration<D> {

  void migrate(MutationContext ctx, Doc<D> row);
}
