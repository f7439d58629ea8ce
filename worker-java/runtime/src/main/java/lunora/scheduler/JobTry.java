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
import lunora.host.remote.HttpReply;
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

  /** Where the Worker takes jobs. */
  static final String DISPATCH_PATH = "/_lunora/scheduler/dispatch";

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
    if (job.request().functionPath().startsWith(CronTicks.PREFIX)) {
      task(job.request().functionPath().substring(CronTicks.PREFIX.length()));
    } else {
      call();
    }
  }

  /** Runs a task of a cron trigger again: here, or in the Worker where only that knows it. */
  private void task(String name) {
    if (!isNumber(name)) {
      passOn();
      return;
    }
    Value json = Json.read(job.request().args().toString());
    if (json instanceof Value.Obj args
        && args.fields().get("cron") instanceof Value.Str cron
        && args.fields().get("scheduledTime") instanceof Value.Num time) {
      List<CronTask> tasks = settings.tasks().getOrDefault(cron.value(), List.of());
      CronTask task = tasks.get(Integer.parseInt(name));
      task.run(new CronEvent(cron.value(), (long) time.value()), new ObjectHost(host, background));
    }
    runner.ended(job, null);
  }

  private static boolean isNumber(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void passOn() {
    JsonWriter body = new JsonWriter().raw("{");
    job.request().writeFields(body);
    body.raw(",\"ticket\":").string(runner.ticket(job)).raw("}");
    HttpReply reply = background.worker().post(DISPATCH_PATH, body.finish().toString());
    boolean well = reply.status() >= 200 && reply.status() < 300;
    runner.ended(job, well ? null : reason(reply.status(), reply.body()));
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
    runner.ended(job, well ? null : reason(answer.status(), answer.body().toString()));
  }

  @Override
  public void failed(Throwable failure) {
    runner.ended(job, String.valueOf(failure));
  }

  /** Code and message of a refusal. */
  private static String reason(int status, String body) {
    try {
      if (Json.read(body) instanceof Value.Obj answer
          && answer.fields().get("error") instanceof Value.Obj error
          && error.fields().get("code") instanceof Value.Str code
          && error.fields().get("message") instanceof Value.Str message) {
        return code.value() + ": " + message.value();
      }
    } catch (WireFormatException e) {
      return "status " + status + ", and no JSON";
    }
    return "status " + status;
  }
}
