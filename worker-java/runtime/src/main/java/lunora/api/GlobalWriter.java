package lunora.api;

import lunora.schema.Change;
import lunora.schema.Id;

/**
 * Reads and writes one global table. {@link #get} sees the mutation's own writes; readings along an
 * index do not and are refused once the mutation has written to the table, so read first.
 */
public interface GlobalWriter<D> extends GlobalReader<D> {

  /** Stores a new document and returns its id. Never suspends. */
  Id<D> insert(D document);

  /**
   * Sets some fields of a document. May suspend.
   *
   * @throws lunora.error.LunoraException {@code NOT_FOUND} if there is no such document
   */
  @SuppressWarnings("unchecked")
  void patch(Id<D> id, Change<D>... changes);

  /** Puts another document in the place of this one; throws as {@link #patch} does. */
  void replace(Id<D> id, D document);

  /** Removes a document; throws as {@link #patch} does. */
  void delete(Id<D> id);
}
