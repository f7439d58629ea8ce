package lunora.testkit;

import lunora.host.local.Clock;

/** A clock that stands still until a test moves it, as Cloudflare's does between I/O. */
public final class FakeClock implements Clock {

  /** Where a new clock stands: 2026-01-01T00:00:00Z. */
  public static final long START_MS = 1_767_225_600_000L;

  private long nowMs = START_MS;

  @Override
  public long nowMs() {
    return nowMs;
  }

  /** Sets the time, forwards or backwards. */
  public void set(long epochMs) {
    nowMs = epochMs;
  }

  /** Moves the time forward by zero or more milliseconds. */
  public void advance(long byMs) {
    if (byMs < 0) {
      throw new IllegalArgumentException("advance by " + byMs + " ms: use set to go back");
    }
    nowMs += byMs;
  }
}
