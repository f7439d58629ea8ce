package lunora.host.edge;

import lunora.host.inbound.CronEvent;
import lunora.host.remote.WorkerHost;

/** Something to do when a cron trigger fires. */
@FunctionalInterface
public interface CronTask {

  /** Does it. May suspend; what it throws fails this run of the trigger. */
  void run(CronEvent event, WorkerHost host);

  /**
   * What tells it apart from the others of its expression, where only the Worker that was made with
   * it knows it, and so only that Worker can run it again; empty for others.
   */
  default String name() {
    return "";
  }
}
