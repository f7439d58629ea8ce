package lunora.changes;

/** What a shard answers that is told of a change. */
public final class Watching {

  /** Somebody watches the table there. */
  public static final String SOMEBODY = "{\"watching\":true}";

  /** Nobody does: the shard needs not be told of the next. */
  public static final String NOBODY = "{\"watching\":false}";

  private Watching() {}
}
