package lunora.testkit;

import java.util.TreeSet;
import lunora.host.local.Clock;

/**
 * A clock that stands still until a test moves it, as Cloudflare's does between I/O. Timers go off
 * as it is advanced, each at its moment; setting the time is a clock that is put right, of which
 * timers know nothing.
 */
public final class FakeClock implements Clock {

  /** Where a new clock stands: 2026-01-01T00:00:00Z. */
  public static final long START_MS = 1_767_225_600_000L;

  private final TreeSet<Alarm> alarms = new TreeSet<>();
  private long nowMs = START_MS;
  private long passedMs;
  private long lastAlarm;

  /** A timer that has not gone off. */
  record Alarm(long atMs, long number, Runnable action) implements Comparable<Alarm> {

    @Override
    public int compareTo(Alarm other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

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
    long untilMs = passedMs + byMs;
    while (!alarms.isEmpty() && alarms.first().atMs() <= untilMs) {
      Alarm due = alarms.first();
      alarms.remove(due);
      pass(Math.max(0, due.atMs() - passedMs));
      due.action().run();
    }
    pass(untilMs - passedMs);
  }

  private void pass(long ms) {
    passedMs += ms;
    nowMs += ms;
  }

  /** Sets a timer; it goes off within a call of {@link #advance}, also of 0. */
  Alarm after(long ms, Runnable action) {
    Alarm alarm = new Alarm(passedMs + ms, ++lastAlarm, action);
    alarms.add(alarm);
    return alarm;
  }

  void cancel(Alarm alarm) {
    alarms.remove(alarm);
  }
}
