package lunora.store;

import java.util.List;
import lunora.schema.Doc;
import lunora.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * One row as it stands or stood: what a write leaves before and after it, and what a read set is
 * matched against.
 *
 * @param seq the order of insertion within the table
 * @param creationTimeMs epoch milliseconds
 * @param doc the document
 */
public record RowImage<D>(double seq, double creationTimeMs, Doc<D> doc) {

  /** The row's place in a reading along these fields: their keys, creation time, order. */
  public @Nullable Object[] place(List<Field<D, ?>> fields) {
    Object[] place = new Object[fields.size() + 2];
    for (int i = 0; i < fields.size(); i++) {
      place[i] = fields.get(i).keyOf(doc.value());
    }
    place[fields.size()] = creationTimeMs;
    place[fields.size() + 1] = seq;
    return place;
  }
}
