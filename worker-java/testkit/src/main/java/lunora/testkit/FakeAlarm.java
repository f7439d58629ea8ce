package lunora.testkit;

import java.util.OptionalLong;
import lunora.host.local.Alarm;

/** The alarm of one shard: part of the transactions of its database, and it survives the engine. */
public final class FakeAlarm implements Alarm {

  /** The platform's first wait before it runs an alarm again; each next one is twice as long. */
  private static final long RETRY_MS = 2_000;

  private static final int RETRIES_MAX = 6;

  private final JdbcSqlStorage sql;
  private OptionalLong due = OptionalLong.empty();
  private int retryCount;

  FakeAlarm(JdbcSqlStorage sql) {
    this.sql = sql;
  }

  @Override
  public void set(long epochMs) {
    if (epochMs < 0) {
      throw new IllegalArgumentException("an alarm before 1970: " + epochMs);
    }
    change(OptionalLong.of(epochMs));
  }

  @Override
  public void delete() {
    change(OptionalLong.empty());
  }

  private void change(OptionalLong to) {
    OptionalLong before = due;
    int retriesBefore = retryCount;
    sql.onRollback(
        () -> {
          due = before;
          retryCount = retriesBefore;
        });
    due = to;
    retryCount = 0;
  }

  /** When it goes off, in epoch milliseconds; empty when none is set, also while one runs. */
  public OptionalLong scheduledMs() {
    return due;
  }

  /** How many of its runs failed since it was set. */
  int retryCount() {
    return retryCount;
  }

  /** A run begins: whatever is set from now on is the next alarm. */
  void begin() {
    due = OptionalLong.empty();
  }

  /** The run threw: it comes again, unless the run set another one or failed too often. */
  void failed(int retries, long nowMs) {
    if (due.isEmpty() && retries < RETRIES_MAX) {
      due = OptionalLong.of(nowMs + (RETRY_MS << retries));
      retryCount = retries + 1;
    }
  }
}
