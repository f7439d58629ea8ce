package lunora.bindings;

import java.util.OptionalLong;
import lunora.bridge.workers.AlarmInvocation;
import lunora.bridge.workers.Alarms;
import lunora.bridge.workers.DurableObjectStorage;
import lunora.bridge.workers.ListOptions;
import lunora.bridge.workers.SyncKeyValues;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;

/** The alarm, which writes down each of its runs. */
final class AlarmRoutes {

  private final DurableObjectStorage storage;

  AlarmRoutes(DurableObjectStorage storage) {
    this.storage = storage;
  }

  WorkersResponse answer(String action, WorkersUrl url) {
    Alarms alarms = storage.alarms();
    return switch (action) {
      case "far" -> far(alarms);
      case "soon" -> {
        storage.put("fails", Integer.parseInt(String.valueOf(url.query("fails"))));
        alarms.set(now() + 50);
        yield new Answer().put("scheduled", alarms.scheduledMs().isPresent()).ok();
      }
      case "runs" ->
          new Answer()
              .put("runs", storage.list(ListOptions.withPrefix("run")))
              .put("scheduled", alarms.scheduledMs())
              .ok();
      case "refused" -> new Answer().put("negative", Refusal.ofWork(() -> alarms.set(-1))).ok();
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse far(Alarms alarms) {
    OptionalLong before = alarms.scheduledMs();
    alarms.set(4_000_000_000_000L);
    OptionalLong set = alarms.scheduledMs();
    alarms.delete();
    return new Answer()
        .put("before", before)
        .put("set", set)
        .put("after", alarms.scheduledMs())
        .ok();
  }

  void ring(AlarmInvocation invocation) {
    SyncKeyValues values = storage.keyValues();
    int run = values.list(ListOptions.withPrefix("run")).size();
    boolean due = invocation.scheduledMs() <= now() && invocation.scheduledMs() > now() - 60_000;
    values.put("run" + run, invocation.retryCount() + " " + invocation.isRetry() + " " + due);
    // A write of a run that throws would be taken back without this.
    storage.sync();
    if (values.get("fails") instanceof Double fails && run < fails) {
      throw new IllegalStateException("the alarm's run " + run + " breaks");
    }
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}
