package lunora.api;

/** What a mutation can do to the objects of the storage. Never suspends. */
public interface Storage {

  /**
   * Deletes an object after the commit, whether it is there or not; nothing is deleted when the
   * mutation fails. A crash meanwhile delays it only. As it may come late, a key that was deleted
   * is not to be used again.
   *
   * @throws lunora.error.LunoraException {@code FORBIDDEN} when a rule of the app says so, {@code
   *     VALIDATION_ERROR} for what cannot be a key
   */
  void delete(String key);
}
