package lunora.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lunora.api.ActionScheduler;
import lunora.api.FunctionCall;
import lunora.api.Job;
import lunora.api.JobOptions;
import lunora.api.JobPage;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.outbox.Outbox;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** What actions schedule with: they ask the scheduler itself, and wait for it. */
public final class RemoteScheduler implements ActionScheduler {

  private final ShardHost host;
  private final Outbox outbox;
  private final Background background;

  public RemoteScheduler(ShardHost host, Outbox outbox, Background background) {
    this.host = host;
    this.outbox = outbox;
    this.background = background;
  }

  @Override
  public String runAfter(long delayMs, FunctionCall<?> call, JobOptions options) {
    long scheduledMs = TransactionScheduler.dueMs(host, delayMs);
    String id = at(scheduledMs, call, options);
    return id;
  }

  @Override
  public String runAt(Instant time, FunctionCall<?> call, JobOptions options) {
    String id = at(time.toEpochMilli(), call, options);
    return id;
  }

  private String at(long scheduledMs, FunctionCall<?> call, JobOptions options) {
    String id = host.random().uuid();
    JobOptions here = TransactionScheduler.here(host, options);
    JsonWriter body = new JsonWriter().raw("{");
    JobRequest.of(id, call, scheduledMs, here).writeFields(body);
    JsonText text = body.raw("}").finish();
    SchedulerClient.post(background.bindings(), "/schedule", text);
    return id;
  }

  @Override
  public boolean cancel(String id) {
    // It may be on its way: then the scheduler is told not to take it.
    boolean early = outbox.holds(JobDestination.KIND, id);
    JsonWriter body = new JsonWriter().raw("{\"id\":").string(id);
    JsonText text = body.raw(",\"early\":").raw(String.valueOf(early)).raw("}").finish();
    Value.Obj answer = SchedulerClient.post(background.bindings(), "/cancel", text);
    return early || isTrue(answer.fields().get("cancelled"));
  }

  @Override
  public Optional<Job> get(String id) {
    JsonText text = new JsonWriter().raw("{\"id\":").string(id).raw("}").finish();
    Value.Obj answer = SchedulerClient.post(background.bindings(), "/get", text);
    return answer.fields().get("record") instanceof Value.Obj job
        ? Optional.of(job(job.fields()))
        : Optional.empty();
  }

  @Override
  public JobPage list(@Nullable String cursor) {
    JsonWriter body = new JsonWriter().raw("{");
    if (cursor != null) {
      body.raw("\"cursor\":").string(cursor);
    }
    JsonText text = body.raw("}").finish();
    Value.Obj answer = SchedulerClient.post(background.bindings(), "/list", text);
    List<Job> jobs = new ArrayList<>();
    if (answer.fields().get("records") instanceof Value.Arr records) {
      for (Value each : records.items()) {
        if (each instanceof Value.Obj job) {
          jobs.add(job(job.fields()));
        }
      }
    }
    return new JobPage(jobs, text(answer.fields(), "cursor"));
  }

  private static Job job(Map<String, Value> fields) {
    String state = String.valueOf(text(fields, "state"));
    return new Job(
        String.valueOf(text(fields, "id")),
        String.valueOf(text(fields, "functionPath")),
        Instant.ofEpochMilli(number(fields, "scheduledFor")),
        Job.State.valueOf(state.toUpperCase(Locale.ROOT)),
        (int) number(fields, "attempts"),
        text(fields, "shardKey"),
        text(fields, "pool"));
  }

  private static boolean isTrue(@Nullable Value value) {
    return value instanceof Value.Bool bool && bool.value();
  }

  private static @Nullable String text(Map<String, Value> fields, String name) {
    return fields.get(name) instanceof Value.Str text ? text.value() : null;
  }

  private static long number(Map<String, Value> fields, String name) {
    return fields.get(name) instanceof Value.Num number ? (long) number.value() : 0;
  }
}
