package lunora.scheduler;

import java.util.Map;
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
 * What can be asked of a scheduler, by path (protocol section 17), and what changes its jobs. Never
 * suspends.
 */
final class SchedulerRoutes {

  private final ShardHost host;
  private final JobStore store;
  private final JobRunner runner;
  private final JobListing jobs;
  private final TickRoutes ticks;
  private Runnable changed = () -> {};

  SchedulerRoutes(ShardHost host, JobStore store, JobRunner runner, JobListing jobs) {
    this.host = host;
    this.store = store;
    this.runner = runner;
    this.jobs = jobs;
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
      case "/get" -> jobs.get(id(parameters));
      case "/list" -> jobs.list(text(parameters, "cursor"));
      case "/dead" -> jobs.dead();
      case "/dead/retry" -> flag("retried", revive(id(parameters)));
      case "/dead/cancel" -> flag("cancelled", forget(id(parameters)));
      case "/status" -> jobs.status();
      case "/pool" -> jobs.pool(text(parameters, "name"));
      case "/complete" -> jobs.inFlight(text(parameters, "pool"));
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
