package lunora.oplog;

import lunora.schema.Table;
import lunora.store.RowImage;
import org.jspecify.annotations.Nullable;

/**
 * One row written: how it stood before (null for an insert) and after (null for a delete).
 *
 * @param <D> the document
 */
public record RowWrite<D>(
    Table<D> table, @Nullable RowImage<D> before, @Nullable RowImage<D> after) {

  /** What was done, by its name in the log and on the wire. */
  public String op() {
    if (before == null) {
      return "insert";
    }
    return after == null ? "delete" : "update";
  }
}
