package lunora.api;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;

/**
 * How often and when a job that failed is tried again.
 *
 * @param retries after which a job is a dead letter, 0 to {@value #RETRIES_MAX}
 * @param baseMs the first wait, in milliseconds, at least 1
 * @param backoff how the waits grow
 * @param maxMs the longest wait, in milliseconds
 */
public record RetryPolicy(int retries, long baseMs, Backoff backoff, long maxMs) {

  /** The most retries. */
  public static final int RETRIES_MAX = 100;

  /** 5 retries after 30, 60, 120, 240 and 480 seconds. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, 30_000, Backoff.EXPONENTIAL, 86_400_000);

  /** Refuses what makes no ladder: {@code INVALID_INPUT}. */
  public RetryPolicy {
    if (retries < 0 || retries > RETRIES_MAX || baseMs < 1 || maxMs < 1) {
      throw new LunoraException(
          ErrorCode.INVALID_INPUT,
          "a retry policy has 0 to " + RETRIES_MAX + " retries and waits of at least 1 ms");
    }
  }

  /** The same with another number of retries. */
  public RetryPolicy withRetries(int count) {
    return new RetryPolicy(count, baseMs, backoff, maxMs);
  }

  /** The same with another first wait. */
  public RetryPolicy withBaseMs(long ms) {
    return new RetryPolicy(retries, ms, backoff, maxMs);
  }

  /** The same with another way of growing. */
  public RetryPolicy withBackoff(Backoff other) {
    return new RetryPolicy(retries, baseMs, other, maxMs);
  }

  /** The same with another longest wait. */
  public RetryPolicy withMaxMs(long ms) {
    return new RetryPolicy(retries, baseMs, backoff, ms);
  }

  /** The wait before a retry, in milliseconds; the first retry is 1. */
  public long delayMs(int retry) {
    double delay =
        backoff == Backoff.LINEAR ? (double) baseMs * retry : baseMs * Math.pow(2, retry - 1.0);
    return (long) Math.min(maxMs, delay);
  }
}
