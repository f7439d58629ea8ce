package lunora.scheduler;

import java.util.Optional;
import lunora.api.Job;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.ShardHost;
import lunora.rpc.RpcResponses;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * Jobs whose first try is the Worker's own, in the event of its cron trigger. Until it says how
 * that ended they wait, as jobs that failed once. Never suspends.
 */
final class TickRoutes {

  /** As long as the platform lets a run of a trigger take: after it nobody runs the task. */
  static final long RUN_MS_MAX = 900_000;

  private final ShardHost host;
  private final JobStore store;
  private final JobRunner runner;
  private Runnable changed = () -> {};

  TickRoutes(ShardHost host, JobStore store, JobRunner runner) {
    this.host = host;
    this.store = store;
    this.runner = runner;
  }

  /** What is to run when a job came, went or changed its state. */
  void tell(Runnable listener) {
    changed = listener;
  }

  /**
   * Takes the jobs that are not known, and says which: {@code {taken: [id]}}. A run whose answer
   * was lost asks again and is told the same.
   */
  HttpResponse.Json begin(Value.Obj parameters) {
    String run = SchedulerRoutes.text(parameters, "run");
    store.forgetRuns();
    JsonSink sink = host.texts().sink().raw("{\"taken\":[");
    String before = "";
    if (parameters.fields().get("ticks") instanceof Value.Arr ticks) {
      for (Value each : ticks.items()) {
        if (each instanceof Value.Obj tick) {
          String id = SchedulerRoutes.text(tick, "id");
          if (id == null || !JobRequest.isId(id)) {
            throw new LunoraException(ErrorCode.INVALID_INPUT, "a tick has an id");
          }
          if (take(id, tick, run)) {
            sink.raw(before).string(id);
            before = ",";
          }
        }
      }
    }
    runner.arm();
    changed.run();
    return RpcResponses.json(200, sink.raw("]}").finish());
  }

  private boolean take(String id, Value.Obj tick, @Nullable String run) {
    Optional<StoredJob> known = store.find(id);
    if (known.isPresent()) {
      boolean waits = known.get().state() == Job.State.PENDING && known.get().attempts() == 1;
      return waits && run != null && store.isBegunBy(id, run);
    }
    if (store.hasEnded(id)) {
      return false;
    }
    store.add(id, JobRequest.read(tick), host.clock().nowMs());
    store.begunElsewhere(id, host.clock().nowMs() + RUN_MS_MAX, run);
    return true;
  }

  /** The Worker's try is over; one that comes when the scheduler has begun its own is past. */
  HttpResponse.Json ended(String id, @Nullable String error) {
    Optional<StoredJob> job = store.find(id);
    if (job.isPresent() && job.get().state() == Job.State.PENDING) {
      if (error == null) {
        store.end(id, host.clock().nowMs());
      } else {
        runner.failedElsewhere(job.get(), error);
      }
      changed.run();
    }
    return RpcResponses.json(200, JsonText.of("{}"));
  }
}
