package lunora.api;

/** How the waits between the tries of a job grow. */
public enum Backoff {
  /** By the first wait each time. */
  LINEAR,
  /** Twofold each time. */
  EXPONENTIAL
}
