package lunora.api;

/** What somebody wants with an object of the storage. */
public enum StorageAccess {
  READ,
  WRITE,
  DELETE
}
