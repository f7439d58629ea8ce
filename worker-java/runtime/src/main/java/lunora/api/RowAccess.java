package lunora.api;

/** What a row policy is about. */
public enum RowAccess {
  /** Which rows are seen; a row that is not seen does not exist for the caller. */
  READ,
  /**
   * Which rows may be written: the condition holds for a row as it was before the write, and as it
   * is after it.
   */
  WRITE,
  /** Both. */
  READ_WRITE
}
