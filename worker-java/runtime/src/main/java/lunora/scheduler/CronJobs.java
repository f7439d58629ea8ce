package lunora.scheduler;

import java.util.List;
import lunora.api.JobOptions;
import lunora.api.Trigger;
import lunora.host.inbound.CronEvent;
import lunora.host.remote.Bindings;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/** Makes a job of each firing of a cron trigger, and of a task that failed in one. */
public final class CronJobs {

  /** How the path of a job begins that is a task of the Worker; its number follows. */
  static final String TASK_PREFIX = "__lunora_cron__:";

  private static final int NAME_LENGTH_MAX = 36;

  private CronJobs() {}

  /**
   * Schedules a job for each function, due now. A trigger that fires again for the same time makes
   * no second job. May suspend.
   *
   * @throws lunora.error.LunoraException {@code SCHEDULER_NOT_CONFIGURED} where no scheduler is
   *     bound
   */
  public static void schedule(CronEvent event, List<Trigger> functions, Bindings bindings) {
    JsonWriter body = new JsonWriter();
    String before = "{\"effects\":[{\"op\":\"schedule\",";
    for (Trigger function : functions) {
      body.raw(before);
      new JobRequest(
              id(function.path().text(), event.scheduledMs()),
              function.path().text(),
              JsonText.of("{}"),
              Math.max(1, event.scheduledMs()),
              JobOptions.DEFAULT)
          .writeFields(body);
      before = "},{\"op\":\"schedule\",";
    }
    JsonText text = body.raw("}]}").finish();
    SchedulerClient.post(bindings, "/apply", text);
  }

  /**
   * Has a task that failed run again, by the scheduler's ladder. May suspend.
   *
   * @param number of the task among those of the expression
   * @param delayMs when, from now
   * @throws lunora.error.LunoraException {@code SCHEDULER_NOT_CONFIGURED} where no scheduler is
   *     bound
   */
  public static void again(CronEvent event, int number, long delayMs, WorkerHost host) {
    JsonWriter args = new JsonWriter().raw("{\"cron\":").string(event.cron());
    args.raw(",\"scheduledTime\":").number(event.scheduledMs()).raw("}");
    JsonWriter body = new JsonWriter().raw("{\"effects\":[{\"op\":\"schedule\",");
    new JobRequest(
            id(number + " " + event.cron(), event.scheduledMs()),
            TASK_PREFIX + number,
            args.finish(),
            host.clock().nowMs() + delayMs,
            JobOptions.DEFAULT)
        .writeFields(body);
    JsonText text = body.raw("}]}").finish();
    SchedulerClient.post(host, "/apply", text);
  }

  /** The same for the same function and time; a hash tells functions apart that read alike. */
  static String id(String name, long scheduledMs) {
    StringBuilder word = new StringBuilder("cron-");
    for (int i = 0; i < Math.min(name.length(), NAME_LENGTH_MAX); i++) {
      char c = name.charAt(i);
      word.append(JobRequest.isId(String.valueOf(c)) ? c : '-');
    }
    return word + "-" + Integer.toHexString(name.hashCode()) + "-" + scheduledMs;
  }
}
