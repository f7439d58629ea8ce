package lunora.host.edge;

import lunora.host.inbound.CronEvent;
import lunora.host.remote.WorkerHost;

/** Something to do when a cron trigger fires. */
@FunctionalInterface
public interface CronTask {

  /** Does it. May suspend; what it throws fails this run of the trigger. */
  void run(CronEvent event, WorkerHost host);
}
