package lunora.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same for actions, which have no transaction: what is asked for here has happened when the
 * call returns, and what is there can be looked at. Everything here may suspend, and throws {@code
 * SCHEDULER_NOT_CONFIGURED} where {@code wrangler.jsonc} binds no {@code SCHEDULER}.
 */
public interface ActionScheduler {

  /** See {@link Scheduler#runAfter(long, FunctionCall)}. */
  default String runAfter(long delayMs, FunctionCall<?> call) {
    return runAfter(delayMs, call, JobOptions.DEFAULT);
  }

  /** The same with options. */
  String runAfter(long delayMs, FunctionCall<?> call, JobOptions options);

  /** See {@link Scheduler#runAt(Instant, FunctionCall)}. */
  default String runAt(Instant time, FunctionCall<?> call) {
    return runAt(time, call, JobOptions.DEFAULT);
  }

  /** The same with options. */
  String runAt(Instant time, FunctionCall<?> call, JobOptions options);

  /**
   * Takes a job back.
   *
   * @return whether it was there to be taken back; one that is running is not
   */
  boolean cancel(String id);

  /** A job that has not ended well, if there is one of this id. */
  Optional<Job> get(String id);

  /**
   * Jobs that wait or run, those due first first, 100 at a time.
   *
   * @param cursor null for the first page, then that of the page before
   */
  JobPage list(@Nullable String cursor);
}
