package lunora.host.remote;

/** What came of a {@link ShardPost}. */
public sealed interface ShardReply {

  /**
   * The shard answered.
   *
   * @param body as UTF-8 text
   */
  record Answered(int status, String body) implements ShardReply {}

  /**
   * The shard could not be reached, or its answer broke off.
   *
   * @param reason for the log
   */
  record Unreachable(String reason) implements ShardReply {}

  /** The shard did not answer in time. Whether it did what it was asked is not known. */
  record TimedOut() implements ShardReply {}
}
