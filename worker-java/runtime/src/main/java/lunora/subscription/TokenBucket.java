package lunora.subscription;

/** How often somebody may do something: a burst, filled up again at a steady rate. */
final class TokenBucket {

  private final double burst;
  private final double perMs;
  private double tokens;
  private long filledAtMs;

  TokenBucket(int burst, int perSecond, long nowMs) {
    this.burst = burst;
    this.perMs = perSecond / 1000.0;
    this.tokens = burst;
    this.filledAtMs = nowMs;
  }

  /** Takes one token if there is one. */
  boolean take(long nowMs) {
    // A clock that was set back fills nothing and takes nothing away.
    tokens = Math.min(burst, tokens + Math.max(0, nowMs - filledAtMs) * perMs);
    filledAtMs = nowMs;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
