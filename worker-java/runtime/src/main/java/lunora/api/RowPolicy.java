package lunora.api;

import lunora.schema.Table;

/**
 * A rule about the rows of a table. A table with a policy, or declared with {@code rls()}, shows
 * and takes nothing that a policy does not allow.
 *
 * @param <D> the document
 */
public record RowPolicy<D>(Table<D> table, RowAccess access, PolicyRule<D> rule) {

  /** Whether it says which rows are read. */
  public boolean reads() {
    return access != RowAccess.WRITE;
  }

  /** Whether it says which rows are written. */
  public boolean writes() {
    return access != RowAccess.READ;
  }
}
