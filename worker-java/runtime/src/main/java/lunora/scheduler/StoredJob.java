package lunora.scheduler;

import java.util.Locale;
import lunora.api.Job;
import lunora.wire.JsonSink;
import org.jspecify.annotations.Nullable;

/**
 * A job that the scheduler keeps.
 *
 * @param id the request's
 * @param dueMs when it is to be tried next, in epoch milliseconds
 * @param attempts how often it was begun
 * @param error what the last try failed with, or null
 */
record StoredJob(
    String id,
    JobRequest request,
    Job.State state,
    long dueMs,
    int attempts,
    long enqueuedMs,
    @Nullable String error) {

  /** Writes the record of the protocol, with where the job stands. */
  void write(JsonSink sink) {
    sink.raw("{");
    request.writeFields(sink);
    sink.raw(",\"enqueuedAt\":").number(enqueuedMs);
    sink.raw(",\"attempts\":").number(attempts);
    sink.raw(",\"state\":").string(state.name().toLowerCase(Locale.ROOT));
    sink.raw(",\"due\":").number(dueMs);
    if (error != null) {
      sink.raw(",\"error\":").string(error);
    }
    sink.raw("}");
  }
}
