package lunora.api;

import lunora.schema.Doc;

/** A condition in code. It must depend on nothing but the document. */
@FunctionalInterface
public interface RowTest<D> {

  boolean test(Doc<D> document);
}
