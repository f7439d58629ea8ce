package lunora.scheduler;

import java.util.Map;
import lunora.api.JobRun;
import lunora.auth.IdentityHeaders;
import lunora.host.inbound.HttpResponse;
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

  JobTry(JobRunner runner, StoredJob job, SchedulerSettings settings, Background background) {
    this.runner = runner;
    this.job = job;
    this.settings = settings;
    this.background = background;
  }

  @Override
  public void run() {
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
