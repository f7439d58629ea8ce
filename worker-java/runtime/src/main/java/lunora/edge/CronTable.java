package lunora.edge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.api.Trigger;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.error.SeveralFailures;
import lunora.host.edge.CronTask;
import lunora.host.inbound.CronEvent;
import lunora.host.local.LogSink;
import lunora.host.remote.WorkerHost;
import lunora.scheduler.CronJobs;
import lunora.scheduler.CronTicks;
import org.jspecify.annotations.Nullable;

/** What to do when a cron trigger fires, by its exact expression. */
public final class CronTable {

  /** How often the scheduler is asked before the tasks run without it. */
  private static final int ASKS_MAX = 3;

  private final Map<String, List<Named>> tasks = new HashMap<>();
  private final List<Trigger> functions;

  /** A task, and its name among those of its expression. */
  private record Named(String name, CronTask task) {}

  /**
   * A table of these tasks, those of one expression in their order.
   *
   * @param functions what becomes a job of the scheduler instead, before the tasks run
   * @param known those of the tasks that the scheduler has too: it runs them again itself
   */
  public CronTable(
      Map<String, List<CronTask>> tasks,
      List<Trigger> functions,
      Map<String, List<CronTask>> known) {
    this.functions = functions;
    for (Map.Entry<String, List<CronTask>> each : tasks.entrySet()) {
      List<CronTask> schedulers = known.getOrDefault(each.getKey(), List.of());
      this.tasks.put(each.getKey(), named(each.getValue(), schedulers));
    }
  }

  private static List<Named> named(List<CronTask> tasks, List<CronTask> known) {
    List<Named> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (CronTask task : tasks) {
      int number = known.indexOf(task);
      String name = number < 0 ? task.name() : String.valueOf(number);
      // Of two with one name the later is told by its place.
      all.add(new Named(names.add(name) ? name : name + "#" + all.size(), task));
    }
    return all;
  }

  /**
   * Runs the tasks of the event's expression one after another, whether or not an earlier one
   * fails. May suspend.
   *
   * @throws RuntimeException what a task threw; {@link SeveralFailures} where several have
   */
  void run(CronEvent event, WorkerHost host) {
    List<Named> due = tasks.getOrDefault(event.cron(), List.of());
    List<Trigger> jobs =
        functions.stream().filter(each -> each.source().equals(event.cron())).toList();
    if (due.isEmpty() && jobs.isEmpty()) {
      host.log().log(LogSink.Level.WARN, "no task for the cron " + event.cron(), null);
    }
    List<RuntimeException> failures = new ArrayList<>();
    if (!jobs.isEmpty()) {
      try {
        CronJobs.schedule(event, jobs, host);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!due.isEmpty()) {
      run(due, event, host, failures);
    }
    if (failures.size() == 1) {
      throw failures.get(0);
    }
    if (!failures.isEmpty()) {
      String what = failures.size() + " tasks of the cron " + event.cron() + " failed";
      throw new SeveralFailures(what, failures);
    }
  }

  private static void run(
      List<Named> due, CronEvent event, WorkerHost host, List<RuntimeException> failures) {
    Set<String> taken = new HashSet<>();
    boolean ladder = begin(due, event, host, taken);
    for (Named each : due) {
      if (!ladder) {
        RuntimeException failure = once(each.task(), event, host);
        if (failure != null) {
          failures.add(failure);
        }
      } else if (taken.contains(each.name())) {
        tried(each, event, host, failures);
      }
    }
  }

  /** What the task threw, or null. Apart, since TeaVM may lose variables of a fiber in a catch. */
  private static @Nullable RuntimeException once(CronTask task, CronEvent event, WorkerHost host) {
    try {
      task.run(event, host);
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Has the scheduler write the tasks down; false where there is none, or it cannot be asked. */
  private static boolean begin(
      List<Named> due, CronEvent event, WorkerHost host, Set<String> taken) {
    // An answer that is lost leaves the tasks written down: who asks again as the same run has it.
    String run = host.crypto().random().uuid();
    RuntimeException failure = null;
    for (int asked = 0; asked < ASKS_MAX; asked++) {
      failure = ask(due, event, run, host, taken);
      if (failure == null) {
        return true;
      }
      if (failure instanceof LunoraException refusal
          && refusal.code().equals(ErrorCode.SCHEDULER_NOT_CONFIGURED.name())) {
        return false;
      }
    }
    String what = "the scheduler cannot be asked: cron " + event.cron() + " has one try";
    host.log().log(LogSink.Level.WARN, what, failure);
    return false;
  }

  private static @Nullable RuntimeException ask(
      List<Named> due, CronEvent event, String run, WorkerHost host, Set<String> taken) {
    try {
      List<String> names = due.stream().map(Named::name).toList();
      Set<String> begun = CronTicks.begin(event, names, run, host);
      taken.addAll(begun);
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static void tried(
      Named each, CronEvent event, WorkerHost host, List<RuntimeException> failures) {
    RuntimeException failure = once(each.task(), event, host);
    if (failure != null) {
      failures.add(failure);
    }
    try {
      if (failure == null) {
        CronTicks.ended(event, each.name(), host);
      } else {
        CronTicks.failed(event, each.name(), String.valueOf(failure), host);
      }
    } catch (RuntimeException e) {
      // The scheduler still has it, and runs it when the time of this run is over.
      host.log().log(LogSink.Level.WARN, "the scheduler was not told of cron " + event.cron(), e);
    }
  }

  /**
   * Runs one task again, for the scheduler. May suspend.
   *
   * @throws LunoraException {@code CRON_JOB_NOT_FOUND}; {@code CRON_JOB_FAILED} with what it threw
   *     as its cause
   */
  void again(CronEvent event, String name, WorkerHost host) {
    for (Named each : tasks.getOrDefault(event.cron(), List.of())) {
      if (each.name().equals(name)) {
        RuntimeException failure = once(each.task(), event, host);
        if (failure != null) {
          LunoraException failed =
              new LunoraException(ErrorCode.CRON_JOB_FAILED, "cron " + name + ": " + failure);
          failed.initCause(failure);
          throw failed;
        }
        return;
      }
    }
    throw new LunoraException(
        ErrorCode.CRON_JOB_NOT_FOUND, "cron " + event.cron() + " has no " + name + " here");
  }
}
