package lunora.scheduler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.api.Job;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.rpc.RpcResponses;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** What can be asked of a scheduler, by path (protocol section 17). Never suspends. */
final class SchedulerRoutes {

  /** How many jobs one answer lists. */
  static final int PAGE_JOBS = 100;

  private final ShardHost host;
  private final JobStore store;
  private final JobRunner runner;
  private final TickRoutes ticks;
  private Runnable changed = () -> {};

  SchedulerRoutes(ShardHost host, JobStore store, JobRunner runner) {
    this.host = host;
    this.store = store;
    this.runner = runner;
    this.ticks = new TickRoutes(host, store, runner);
  }

  /** What is to run when a job came, went or changed its state. */
  void tell(Runnable listener) {
    changed = listener;
    ticks.tell(listener);
  }

  /** Whether the path only looks. */
  static boolean reads(String path) {
    return switch (path) {
      case "/get", "/list", "/dead", "/status", "/pool", "/ticket" -> true;
      default -> false;
    };
  }

  /** Whether the path changes something. */
  static boolean writes(String path) {
    return switch (path) {
      case "/schedule", "/cancel", "/apply", "/dead/retry", "/dead/cancel", "/complete" -> true;
      case "/tick", "/tick/ended" -> true;
      default -> false;
    };
  }

  /**
   * Answers; {@code parameters} are those of the query or the body.
   *
   * @throws LunoraException {@code INVALID_INPUT}, {@code DUPLICATE_SCHEDULE_ID}
   */
  HttpResponse.Json answer(String path, Value.Obj parameters) {
    return switch (path) {
      case "/schedule" -> schedule(JobRequest.read(parameters));
      case "/cancel" -> flag("cancelled", cancel(id(parameters), early(parameters)));
      case "/apply" -> apply(parameters);
      case "/tick" -> ticks.begin(parameters);
      case "/tick/ended" -> ticks.ended(id(parameters), text(parameters, "error"));
      case "/ticket" -> flag("valid", runner.holds(id(parameters), text(parameters, "ticket")));
      case "/get" -> get(id(parameters));
      case "/list" -> list(text(parameters, "cursor"));
      case "/dead" -> dead();
      case "/dead/retry" -> flag("retried", revive(id(parameters)));
      case "/dead/cancel" -> flag("cancelled", forget(id(parameters)));
      case "/status" -> status();
      case "/pool" -> pool(text(parameters, "name"));
      case "/complete" -> inFlight(text(parameters, "pool"));
      default -> notFound();
    };
  }

  /** The answer to a path that there is not. */
  static HttpResponse.Json notFound() {
    return RpcResponses.json(404, JsonText.of("{\"error\":{\"code\":\"NOT_FOUND\"}}"));
  }

  private HttpResponse.Json schedule(JobRequest request) {
    String chosen = request.id();
    String id = chosen != null && JobRequest.isId(chosen) ? chosen : host.random().uuid();
    if (store.find(id).isPresent()) {
      throw new LunoraException("DUPLICATE_SCHEDULE_ID", 409, "there is a job of this id");
    }
    added(id, request);
    JsonSink sink = host.texts().sink().raw("{\"id\":").string(id);
    sink.raw(",\"scheduledFor\":").number(request.scheduledMs());
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private void added(String id, JobRequest request) {
    store.add(id, request, host.clock().nowMs());
    runner.arm();
    changed.run();
  }

  /** Carries out what a shard's mutations asked for; what was carried out before is no error. */
  private HttpResponse.Json apply(Value.Obj parameters) {
    if (parameters.fields().get("effects") instanceof Value.Arr effects) {
      for (Value each : effects.items()) {
        if (each instanceof Value.Obj effect) {
          apply(effect, text(effect, "id"));
        }
      }
    }
    return RpcResponses.json(200, JsonText.of("{}"));
  }

  private void apply(Value.Obj effect, @Nullable String id) {
    if (id == null) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "an effect has an id");
    }
    if ("cancel".equals(text(effect, "op"))) {
      cancel(id, true);
    } else if (store.find(id).isEmpty() && !store.hasEnded(id)) {
      added(id, JobRequest.read(effect));
    }
  }

  /**
   * Takes a job back.
   *
   * @param early whether the job may still be on its way here, so that its id is remembered
   */
  private boolean cancel(String id, boolean early) {
    Optional<StoredJob> job = store.find(id);
    boolean pending = job.isPresent() && job.get().state() == Job.State.PENDING;
    if (pending || (early && job.isEmpty())) {
      store.end(id, host.clock().nowMs());
      changed.run();
    }
    return pending;
  }

  private static boolean early(Value.Obj parameters) {
    return parameters.fields().get("early") instanceof Value.Bool early && early.value();
  }

  private boolean revive(String id) {
    boolean dead = isDead(id);
    if (dead) {
      store.revive(id, host.clock().nowMs());
      runner.arm();
      changed.run();
    }
    return dead;
  }

  private boolean forget(String id) {
    boolean dead = isDead(id);
    if (dead) {
      store.end(id, host.clock().nowMs());
      changed.run();
    }
    return dead;
  }

  private boolean isDead(String id) {
    Optional<StoredJob> job = store.find(id);
    return job.isPresent() && job.get().state() == Job.State.DEAD;
  }

  private HttpResponse.Json get(String id) {
    Optional<StoredJob> job = store.find(id);
    JsonSink sink = host.texts().sink();
    if (job.isEmpty()) {
      return RpcResponses.json(200, sink.raw("{}").finish());
    }
    sink.raw("{\"record\":");
    job.get().write(sink);
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  /** The first jobs as {@code "records":[...],"truncated":...}, for those who watch. */
  void writeFirst(JsonSink sink) {
    List<StoredJob> jobs = store.page(0, "", PAGE_JOBS + 1);
    writeRecords(jobs, sink);
    sink.raw(",\"truncated\":").raw(String.valueOf(jobs.size() > PAGE_JOBS));
  }

  private HttpResponse.Json list(@Nullable String cursor) {
    int colon = cursor == null ? -1 : cursor.indexOf(':');
    long afterDueMs = 0;
    String afterId = "";
    if (cursor != null) {
      try {
        afterDueMs = Long.parseLong(cursor.substring(0, Math.max(colon, 0)));
        afterId = cursor.substring(colon + 1);
      } catch (NumberFormatException e) {
        throw new LunoraException(ErrorCode.INVALID_INPUT, "this is no cursor of a list of jobs");
      }
    }
    List<StoredJob> jobs = store.page(afterDueMs, afterId, PAGE_JOBS + 1);
    JsonSink sink = host.texts().sink().raw("{");
    writeRecords(jobs, sink);
    sink.raw(",\"truncated\":").raw(String.valueOf(jobs.size() > PAGE_JOBS));
    if (jobs.size() > PAGE_JOBS) {
      StoredJob last = jobs.get(PAGE_JOBS - 1);
      sink.raw(",\"cursor\":").string(last.dueMs() + ":" + last.id());
    }
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private HttpResponse.Json dead() {
    List<StoredJob> jobs = store.dead(PAGE_JOBS + 1);
    JsonSink sink = host.texts().sink().raw("{");
    writeRecords(jobs, sink);
    sink.raw(",\"truncated\":").raw(String.valueOf(jobs.size() > PAGE_JOBS));
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private static void writeRecords(List<StoredJob> jobs, JsonSink sink) {
    sink.raw("\"records\":[");
    for (int i = 0; i < Math.min(jobs.size(), PAGE_JOBS); i++) {
      if (i > 0) {
        sink.raw(",");
      }
      jobs.get(i).write(sink);
    }
    sink.raw("]");
  }

  private HttpResponse.Json status() {
    JsonSink sink = host.texts().sink().raw("{\"backlog\":").number(store.countPending());
    sink.raw(",\"inFlight\":").number(store.countRunning()).raw(",\"pools\":[");
    SqlRows pools = store.pools();
    for (int row = 0; row < pools.size(); row++) {
      sink.raw(row == 0 ? "" : ",");
      writePool(pools, row, sink);
    }
    return RpcResponses.json(200, sink.raw("]}").finish());
  }

  private static void writePool(SqlRows pools, int row, JsonSink sink) {
    sink.raw("{\"name\":").string(pools.text(row, 0));
    sink.raw(",\"inFlight\":").number(pools.number(row, 1));
    sink.raw(",\"maxConcurrency\":").number(pools.number(row, 2));
    sink.raw(",\"queued\":").number(pools.number(row, 3)).raw("}");
  }

  private HttpResponse.Json pool(@Nullable String name) {
    SqlRows pools = store.pools();
    for (int row = 0; row < pools.size(); row++) {
      if (pools.text(row, 0).equals(name)) {
        JsonSink sink = host.texts().sink();
        writePool(pools, row, sink);
        return RpcResponses.json(200, sink.finish());
      }
    }
    return notFound();
  }

  /** A job's slot is free when its shard has answered: there is nothing to be told. */
  private HttpResponse.Json inFlight(@Nullable String pool) {
    int count = pool == null ? 0 : store.countRunning(pool);
    JsonSink sink = host.texts().sink().raw("{\"inFlight\":").number(count);
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private static HttpResponse.Json flag(String name, boolean value) {
    return RpcResponses.json(200, JsonText.of("{\"" + name + "\":" + value + "}"));
  }

  private static String id(Value.Obj parameters) {
    String id = text(parameters, "id");
    if (id == null) {
      throw new LunoraException(ErrorCode.INVALID_INPUT, "which job? there is no id");
    }
    return id;
  }

  static @Nullable String text(Value.Obj object, String name) {
    Map<String, Value> fields = object.fields();
    return fields.get(name) instanceof Value.Str text ? text.value() : null;
  }
}
