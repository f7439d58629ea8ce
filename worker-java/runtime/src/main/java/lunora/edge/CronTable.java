package lunora.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.api.RetryPolicy;
import lunora.api.Trigger;
import lunora.host.edge.CronTask;
import lunora.host.inbound.CronEvent;
import lunora.host.local.LogSink;
import lunora.host.remote.WorkerHost;
import lunora.scheduler.CronJobs;

/** What to do when a cron trigger fires, by its exact expression. */
public final class CronTable {

  private final Map<String, List<CronTask>> tasks;
  private final List<Trigger> functions;
  private final Map<String, List<CronTask>> retried;
  private final RetryPolicy retry;

  /**
   * A table of these tasks, those of one expression in their order.
   *
   * @param functions what becomes a job of the scheduler instead, before the tasks run
   * @param retried those of the tasks that the scheduler knows too, to run them again
   * @param retry when it does
   */
  public CronTable(
      Map<String, List<CronTask>> tasks,
      List<Trigger> functions,
      Map<String, List<CronTask>> retried,
      RetryPolicy retry) {
    this.tasks = tasks;
    this.functions = functions;
    this.retried = retried;
    this.retry = retry;
  }

  /**
   * Runs the tasks of the event's expression one after another, whether or not an earlier one
   * fails. May suspend.
   *
   * @throws RuntimeException what a task threw, with what others threw as suppressed ones
   */
  void run(CronEvent event, WorkerHost host) {
    List<CronTask> due = tasks.getOrDefault(event.cron(), List.of());
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
    for (CronTask task : due) {
      try {
        task.run(event, host);
      } catch (RuntimeException e) {
        failures.add(e);
        again(task, e, event, host);
      }
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      for (RuntimeException other : failures.subList(1, failures.size())) {
        first.addSuppressed(other);
      }
      throw first;
    }
  }

  /** A failed task is run again by the scheduler, where there is one and it knows the task. */
  private void again(CronTask task, RuntimeException failure, CronEvent event, WorkerHost host) {
    int number = retried.getOrDefault(event.cron(), List.of()).indexOf(task);
    if (number < 0) {
      return;
    }
    try {
      CronJobs.again(event, number, retry.delayMs(1), host);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
