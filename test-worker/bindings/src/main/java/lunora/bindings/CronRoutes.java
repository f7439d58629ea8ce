package lunora.bindings;

import lunora.bridge.workers.Env;
import lunora.bridge.workers.ExecutionContext;
import lunora.bridge.workers.ScheduledController;
import lunora.bridge.workers.WorkersRequest;

/** What a cron trigger runs: it is written down in the object {@code cron}, or it breaks. */
final class CronRoutes {

  private static final String BREAKING = "0 0 1 1 *";

  private CronRoutes() {}

  static void tick(ScheduledController controller, Env env, ExecutionContext context) {
    String note =
        new Answer()
            .put("cron", controller.cron())
            .put("scheduledMs", controller.scheduledMs())
            .json()
            .toString();
    env.durableObjects("OBJECT")
        .getByName("cron")
        .fetch(
            WorkersRequest.to("https://o/object/cron/notes/add").method("POST").body(note).build());
    if (controller.cron().equals(BREAKING)) {
      controller.noRetry();
      throw new IllegalStateException("the cron breaks");
    }
  }
}
