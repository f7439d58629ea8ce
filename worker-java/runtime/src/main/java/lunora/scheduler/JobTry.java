package lunora.scheduler;

import java.util.List;
import java.util.Map;
import lunora.api.JobRun;
import lunora.auth.IdentityHeaders;
import lunora.host.edge.CronTask;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.rpc.ShardRequests;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import lunora.wire.WireFormatException;

/**
 * One try of a job: a call of its shard, as the system, under the job's id as the mutation's, by
 * which the shard knows a try whose answer was lost.
 */
final class JobTry implements Background.Task {

  private final JobRunner runner;
  private final StoredJob job;
  private final SchedulerSettings settings;
  private final Background background;
  private final ShardHost host;

  JobTry(
      JobRunner runner,
      StoredJob job,
      SchedulerSettings settings,
      Background background,
      ShardHost host) {
    this.runner = runner;
    this.job = job;
    this.settings = settings;
    this.background = background;
    this.host = host;
  }

  @Override
  public void run() {
    if (job.request().functionPath().startsWith(CronJobs.TASK_PREFIX)) {
      task();
    } else {
      call();
    }
  }

  /** Runs a task of the Worker's that failed when its trigger fired. */
  private void task() {
    Value json = Json.read(job.request().args().toString());
    if (json instanceof Value.Obj args
        && args.fields().get("cron") instanceof Value.Str cron
        && args.fields().get("scheduledTime") instanceof Value.Num time) {
      List<CronTask> tasks = settings.tasks().getOrDefault(cron.value(), List.of());
      String number = job.request().functionPath().substring(CronJobs.TASK_PREFIX.length());
      CronTask task = tasks.get(Integer.parseInt(number));
      task.run(new CronEvent(cron.value(), (long) time.value()), new ObjectHost(host, background));
    }
    runner.ended(job, null);
  }

  private void call() {
    JobRequest request = job.request();
    String named = request.options().shardKey();
    String shardKey = named == null ? settings.defaultShardKey() : named;
    Map<String, String> headers = IdentityHeaders.ofJob(new JobRun(job.id(), job.attempts() + 1));
    JsonWriter body = new JsonWriter();
    body.raw("{\"functionPath\":").string(request.functionPath());
    String text = body.raw(",\"args\":").json(request.args()).raw("}").finish().toString();
    HttpResponse.Json answer =
        background.bindings().shards().post(shardKey, ShardRequests.RPC_PATH, headers, text);
    boolean well = answer.status() >= 200 && answer.status() < 300;
    runner.ended(job, well ? null : reason(answer));
  }

  @Override
  public void failed(Throwable failure) {
    runner.ended(job, String.valueOf(failure));
  }

  /** Code and message of a refusal. */
  private static String reason(HttpResponse.Json answer) {
    try {
      if (Json.read(answer.body().toString()) instanceof Value.Obj body
          && body.fields().get("error") instanceof Value.Obj error
          && error.fields().get("code") instanceof Value.Str code
          && error.fields().get("message") instanceof Value.Str message) {
        return code.value() + ": " + message.value();
      }
    } catch (WireFormatException e) {
      return "status " + answer.status() + ", and no JSON";
    }
    return "status " + answer.status();
  }
}
