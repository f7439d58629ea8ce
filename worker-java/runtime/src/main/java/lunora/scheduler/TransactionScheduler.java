package lunora.scheduler;

import java.time.Instant;
import lunora.api.FunctionCall;
import lunora.api.JobOptions;
import lunora.api.Scheduler;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.outbox.Effect;
import lunora.outbox.Outbox;
import lunora.wire.JsonWriter;

/** What mutations schedule with: every wish is an effect of the outbox. */
public final class TransactionScheduler implements Scheduler {

  private final ShardHost host;
  private final Outbox outbox;

  public TransactionScheduler(ShardHost host, Outbox outbox) {
    this.host = host;
    this.outbox = outbox;
  }

  @Override
  public String runAfter(long delayMs, FunctionCall<?> call, JobOptions options) {
    return at(dueMs(host, delayMs), call, options);
  }

  @Override
  public String runAt(Instant time, FunctionCall<?> call, JobOptions options) {
    return at(time.toEpochMilli(), call, options);
  }

  private String at(long scheduledMs, FunctionCall<?> call, JobOptions options) {
    String id = host.random().uuid();
    JobRequest request = JobRequest.of(id, call, scheduledMs, here(host, options));
    JsonWriter payload = new JsonWriter().raw("{\"op\":\"schedule\",");
    request.writeFields(payload);
    outbox.add(JobDestination.KIND, new Effect(id, payload.raw("}").finish()));
    return id;
  }

  /** A job that names no shard is one of the shard that asks for it. */
  static JobOptions here(ShardHost host, JobOptions options) {
    return options.shardKey() == null ? options.onShard(host.shardKey()) : options;
  }

  /** When a delay from now is over; refuses one that is none. */
  static long dueMs(ShardHost host, long delayMs) {
    if (delayMs < 0 || delayMs > JobRequest.SCHEDULED_MS_MAX) {
      throw new LunoraException(
          ErrorCode.INVALID_INPUT, "a delay is 0 or more milliseconds, not " + delayMs);
    }
    return host.clock().nowMs() + delayMs;
  }

  @Override
  public void cancel(String id) {
    JsonWriter payload = new JsonWriter().raw("{\"op\":\"cancel\",\"id\":").string(id);
    outbox.add(JobDestination.KIND, new Effect("cancel " + id, payload.raw("}").finish()));
  }
}
