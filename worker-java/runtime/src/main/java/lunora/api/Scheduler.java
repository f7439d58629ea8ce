package lunora.api;

import java.time.Instant;

/**
 * Has functions called later, once the mutation that asks for it is committed; nothing happens when
 * it fails. A job is a query, mutation or action of the app, called as the system. What it writes
 * it writes once, however often it has to be tried; an action may be begun more than once. Nothing
 * here suspends.
 */
public interface Scheduler {

  /**
   * Calls a function after a while.
   *
   * @param delayMs milliseconds from now, 0 or more
   * @return the job's id
   * @throws lunora.error.LunoraException {@code INVALID_INPUT} for another delay, {@code
   *     PAYLOAD_TOO_LARGE} for arguments that are too long
   */
  default String runAfter(long delayMs, FunctionCall<?> call) {
    return runAfter(delayMs, call, JobOptions.DEFAULT);
  }

  /** The same with options. */
  String runAfter(long delayMs, FunctionCall<?> call, JobOptions options);

  /** Calls a function at a time; at once for a time that has passed. See {@link #runAfter}. */
  default String runAt(Instant time, FunctionCall<?> call) {
    return runAt(time, call, JobOptions.DEFAULT);
  }

  /** The same with options. */
  String runAt(Instant time, FunctionCall<?> call, JobOptions options);

  /** Takes a job back, unless it began before the mutation was committed. */
  void cancel(String id);
}
