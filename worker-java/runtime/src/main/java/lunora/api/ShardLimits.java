package lunora.api;

/**
 * What one shard puts up with, and how long it remembers. Start from {@link #DEFAULT}:
 *
 * <pre>{@code
 * Worker.of(app).limits(ShardLimits.DEFAULT.withLogRows(1_000_000));
 * }</pre>
 *
 * @param subscriptionsPerSocket live queries that one socket may hold; beyond it {@code
 *     TOO_MANY_SUBSCRIPTIONS}
 * @param outboundBytes bytes that may wait for a socket whose client does not read; one more frame
 *     closes it with 4008. What one turn sends counts from the next on, up to eight times as many;
 *     a single longer frame is let through and not counted while it waits
 * @param resultUnits UTF-16 units of JSON that the result of a live query may have; beyond it
 *     {@code PAYLOAD_TOO_LARGE}
 * @param logAgeMs how long a write stays in the log; a client that comes back later gets the whole
 *     result instead of a resume
 * @param logRows the most writes that stay in the log
 */
public record ShardLimits(
    int subscriptionsPerSocket, int outboundBytes, int resultUnits, long logAgeMs, int logRows) {

  /** 4,096 subscriptions, 8 MiB waiting, 16 Mi units of result, 7 days or 100,000 writes of log. */
  public static final ShardLimits DEFAULT =
      new ShardLimits(4096, 8 * 1_048_576, 16 * 1_048_576, 7 * 86_400_000L, 100_000);

  public ShardLimits {
    if (subscriptionsPerSocket < 1
        || outboundBytes < 1
        || resultUnits < 1
        || logAgeMs < 1
        || logRows < 1) {
      throw new IllegalArgumentException("a shard's limits have to be positive");
    }
  }

  /** The same with this many subscriptions for each socket. */
  public ShardLimits withSubscriptionsPerSocket(int count) {
    return new ShardLimits(count, outboundBytes, resultUnits, logAgeMs, logRows);
  }

  /** The same with this many bytes waiting for a socket. */
  public ShardLimits withOutboundBytes(int bytes) {
    return new ShardLimits(subscriptionsPerSocket, bytes, resultUnits, logAgeMs, logRows);
  }

  /** The same with results of this length. */
  public ShardLimits withResultUnits(int units) {
    return new ShardLimits(subscriptionsPerSocket, outboundBytes, units, logAgeMs, logRows);
  }

  /** The same with a log that goes back this far. */
  public ShardLimits withLogAgeMs(long ageMs) {
    return new ShardLimits(subscriptionsPerSocket, outboundBytes, resultUnits, ageMs, logRows);
  }

  /** The same with a log of this many writes. */
  public ShardLimits withLogRows(int rows) {
    return new ShardLimits(subscriptionsPerSocket, outboundBytes, resultUnits, logAgeMs, rows);
  }
}
