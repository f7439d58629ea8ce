package lunora.schema;

/** Limits on stored data; docs/LIMITS.md gives their sources. */
public final class Limits {

  /** The largest row the platform stores. */
  public static final int ROW_BYTES_MAX = 2_000_000;

  private Limits() {}
}
