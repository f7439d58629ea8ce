package lunora.scheduler;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lunora.api.JobOptions;
import lunora.host.inbound.CronEvent;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/**
 * Tasks of a cron trigger that the Worker itself runs, as jobs of the scheduler: each is written
 * down before it begins and taken off when it has ended well. One that fails climbs the ladder, one
 * whose Worker was lost does so when its time is over. Everything may suspend, and throws {@code
 * SCHEDULER_NOT_CONFIGURED} where no scheduler is bound.
 */
public final class CronTicks {

  /** How the path of such a job begins; the task's own name follows. */
  public static final String PREFIX = "__lunora_cron__:";

  private CronTicks() {}

  /**
   * Writes tasks down that are about to begin.
   *
   * @param names of the tasks within their expression
   * @param run a random word: asked again with it, before any of them has begun, the answer is that
   *     of the first time
   * @return those of them that no other run has written down before, of a trigger that fired twice
   */
  public static Set<String> begin(
      CronEvent event, List<String> names, String run, WorkerHost host) {
    JsonWriter body = new JsonWriter().raw("{\"run\":").string(run);
    String before = ",\"ticks\":[{";
    for (String name : names) {
      body.raw(before);
      request(event, name).writeFields(body);
      before = "},{";
    }
    JsonText text = body.raw("}]}").finish();
    Value.Obj answer = SchedulerClient.post(host, "/tick", text);
    Set<String> taken = new HashSet<>();
    if (answer.fields().get("taken") instanceof Value.Arr ids) {
      for (String name : names) {
        if (ids.items().contains(new Value.Str(id(event, name)))) {
          taken.add(name);
        }
      }
    }
    return taken;
  }

  /** A task has ended well. */
  public static void ended(CronEvent event, String name, WorkerHost host) {
    JsonText text = new JsonWriter().raw("{\"id\":").string(id(event, name)).raw("}").finish();
    SchedulerClient.post(host, "/tick/ended", text);
  }

  /** A task has failed, and is to be run again by the ladder. */
  public static void failed(CronEvent event, String name, String error, WorkerHost host) {
    JsonWriter body = new JsonWriter().raw("{\"id\":").string(id(event, name));
    JsonText text = body.raw(",\"error\":").string(error).raw("}").finish();
    SchedulerClient.post(host, "/tick/ended", text);
  }

  /** Whether the scheduler is running the job just now and gave it this ticket. */
  public static boolean holds(String id, String ticket, WorkerHost host) {
    JsonWriter body = new JsonWriter().raw("{\"id\":").string(id);
    JsonText text = body.raw(",\"ticket\":").string(ticket).raw("}").finish();
    Value.Obj answer = SchedulerClient.post(host, "/ticket", text);
    return answer.fields().get("valid") instanceof Value.Bool valid && valid.value();
  }

  private static JobRequest request(CronEvent event, String name) {
    JsonWriter args = new JsonWriter().raw("{\"cron\":").string(event.cron());
    args.raw(",\"scheduledTime\":").number(event.scheduledMs()).raw("}");
    return new JobRequest(
        id(event, name),
        PREFIX + name,
        args.finish(),
        Math.max(1, event.scheduledMs()),
        JobOptions.DEFAULT);
  }

  private static String id(CronEvent event, String name) {
    return CronJobs.id(name + " " + event.cron(), event.scheduledMs());
  }
}
