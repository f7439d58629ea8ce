package lunora.scheduler;

import java.util.List;
import lunora.api.JobOptions;
import lunora.api.Trigger;
import lunora.host.inbound.CronEvent;
import lunora.host.remote.Bindings;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/** Makes a job of each function of a cron trigger that fires. */
public final class CronJobs {

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
