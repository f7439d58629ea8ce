package lunora.host.remote;

import org.jspecify.annotations.Nullable;

/** What came of a {@link ShardPost}. */
public sealed interface ShardReply {

  /**
   * The shard answered.
   *
   * @param body as UTF-8 text
   * @param bookmark where the shard has got to in the global database; null if it was not there
   */
  record Answered(int status, String body, @Nullable String bookmark) implements ShardReply {

    /** An answer that has nothing to do with the global database. */
    public Answered(int status, String body) {
      this(status, body, null);
    }
  }

  /**
   * The shard could not be reached, or its answer broke off.
   *
   * @param reason for the log
   */
  record Unreachable(String reason) implements ShardReply {}

  /** The shard did not answer in time. Whether it did what it was asked is not known. */
  record TimedOut() implements ShardReply {}
}
