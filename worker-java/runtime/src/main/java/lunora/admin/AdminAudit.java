package lunora.admin;

import lunora.host.local.LogSink;
import lunora.host.remote.WorkerHost;
import lunora.registry.RegistryClient;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The record of what operators did: two rows in the registry's append-only table for each call, one
 * before it is carried out and one with what came of it. Where no registry is bound the same goes
 * to the log. Neither arguments nor tokens are recorded. Everything may suspend.
 */
public final class AdminAudit {

  private AdminAudit() {}

  /**
   * What somebody is about to do.
   *
   * @param actor by what they were let in: {@code token}, {@code gate} or {@code socket}
   * @param address where they ask from; may be empty
   * @param operation such as {@code GET scheduled} or {@code runSql}
   * @param shardKey whose shard it is about, or null
   * @param target what it is about: a table, a function, a job; or null
   */
  public record Entry(
      String actor,
      String address,
      String operation,
      @Nullable String shardKey,
      @Nullable String target) {}

  /**
   * Records what is about to be done.
   *
   * @return the number of the record, to be given to {@link #ended}; 0 where nobody numbers them
   * @throws lunora.error.LunoraException when it cannot be recorded: then it is not to be done
   */
  public static long begin(Entry entry, WorkerHost host) {
    JsonWriter body = new JsonWriter().raw("{\"at\":").number(host.clock().nowMs());
    body.raw(",\"actor\":").string(entry.actor()).raw(",\"address\":").string(entry.address());
    body.raw(",\"operation\":").string(entry.operation());
    if (entry.shardKey() != null) {
      body.raw(",\"shardKey\":").string(entry.shardKey());
    }
    if (entry.target() != null) {
      body.raw(",\"target\":").string(entry.target());
    }
    long number = record(body, host);
    return number;
  }

  /** Records what came of it. What was done stays done when this fails, so it is only logged. */
  public static void ended(long begun, int status, WorkerHost host) {
    try {
      JsonWriter body = new JsonWriter().raw("{\"at\":").number(host.clock().nowMs());
      body.raw(",\"begun\":").number(begun).raw(",\"status\":").number(status);
      record(body, host);
    } catch (RuntimeException e) {
      host.log().log(LogSink.Level.ERROR, "the end of admin call " + begun + " is unrecorded", e);
    }
  }

  private static long record(JsonWriter body, WorkerHost host) {
    JsonText text = body.raw("}").finish();
    long number = RegistryClient.audit(host, text);
    if (number == 0) {
      host.log().log(LogSink.Level.INFO, "admin call, no SHARD_REGISTRY to keep it: " + text, null);
    }
    return number;
  }
}
