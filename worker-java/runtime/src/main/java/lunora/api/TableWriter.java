package lunora.api;

import lunora.schema.Change;
import lunora.schema.Id;

/**
 * Reads and writes one table of the shard inside a mutation's transaction. Never suspends.
 *
 * <p>A write that would put two rows at one place of a unique index is refused with {@code
 * CONFLICT}; a row over {@value lunora.schema.Limits#ROW_BYTES_MAX} bytes with {@code
 * PAYLOAD_TOO_LARGE}.
 */
public interface TableWriter<D> extends TableReader<D> {

  /** Stores a new document and returns its id. */
  Id<D> insert(D document);

  /**
   * Sets some fields of a document.
   *
   * @throws lunora.error.LunoraException {@code NOT_FOUND} if there is no such document
   */
  @SuppressWarnings("unchecked")
  void patch(Id<D> id, Change<D>... changes);

  /**
   * Puts another document in the place of this one; id and creation time stay.
   *
   * @throws lunora.error.LunoraException {@code NOT_FOUND} if there is no such document
   */
  void replace(Id<D> id, D document);

  /**
   * Removes a document.
   *
   * @throws lunora.error.LunoraException {@code NOT_FOUND} if there is no such document
   */
  void delete(Id<D> id);
}
