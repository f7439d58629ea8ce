package lunora.api;

/** The direction of a reading: by index key, then by creation time, then by order of insertion. */
public enum Order {
  ASC,
  DESC
}
