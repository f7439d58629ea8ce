package lunora.scheduler;

import java.util.List;
import java.util.Optional;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.JsonTexts;
import lunora.host.local.SqlRows;
import lunora.rpc.RpcResponses;
import lunora.wire.JsonSink;
import org.jspecify.annotations.Nullable;

/** Shows the jobs of a scheduler and its pools. Never suspends. */
final class JobListing {

  /** How many jobs one answer lists. */
  static final int PAGE_JOBS = 100;

  private final JsonTexts texts;
  private final JobStore store;

  JobListing(JsonTexts texts, JobStore store) {
    this.texts = texts;
    this.store = store;
  }

  HttpResponse.Json get(String id) {
    Optional<StoredJob> job = store.find(id);
    JsonSink sink = texts.sink();
    if (job.isEmpty()) {
      return RpcResponses.json(200, sink.raw("{}").finish());
    }
    sink.raw("{\"record\":");
    job.get().write(sink);
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  /** The first jobs as {@code "records":[...],"truncated":...}, for those who watch. */
  void writeFirst(JsonSink sink) {
    List<StoredJob> jobs = store.page(0, "", PAGE_JOBS + 1);
    writeRecords(jobs, sink);
    sink.raw(",\"truncated\":").raw(String.valueOf(jobs.size() > PAGE_JOBS));
  }

  HttpResponse.Json list(@Nullable String cursor) {
    int colon = cursor == null ? -1 : cursor.indexOf(':');
    long afterDueMs = 0;
    String afterId = "";
    if (cursor != null) {
      try {
        afterDueMs = Long.parseLong(cursor.substring(0, Math.max(colon, 0)));
        afterId = cursor.substring(colon + 1);
      } catch (NumberFormatException e) {
        throw new LunoraException(ErrorCode.INVALID_INPUT, "this is no cursor of a list of jobs");
      }
    }
    List<StoredJob> jobs = store.page(afterDueMs, afterId, PAGE_JOBS + 1);
    JsonSink sink = texts.sink().raw("{");
    writeRecords(jobs, sink);
    sink.raw(",\"truncated\":").raw(String.valueOf(jobs.size() > PAGE_JOBS));
    if (jobs.size() > PAGE_JOBS) {
      StoredJob last = jobs.get(PAGE_JOBS - 1);
      sink.raw(",\"cursor\":").string(last.dueMs() + ":" + last.id());
    }
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  HttpResponse.Json dead() {
    List<StoredJob> jobs = store.dead(PAGE_JOBS + 1);
    JsonSink sink = texts.sink().raw("{");
    writeRecords(jobs, sink);
    sink.raw(",\"truncated\":").raw(String.valueOf(jobs.size() > PAGE_JOBS));
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private static void writeRecords(List<StoredJob> jobs, JsonSink sink) {
    sink.raw("\"records\":[");
    for (int i = 0; i < Math.min(jobs.size(), PAGE_JOBS); i++) {
      if (i > 0) {
        sink.raw(",");
      }
      jobs.get(i).write(sink);
    }
    sink.raw("]");
  }

  HttpResponse.Json status() {
    JsonSink sink = texts.sink().raw("{\"backlog\":").number(store.countPending());
    sink.raw(",\"inFlight\":").number(store.countRunning()).raw(",\"pools\":[");
    SqlRows pools = store.pools();
    for (int row = 0; row < pools.size(); row++) {
      sink.raw(row == 0 ? "" : ",");
      writePool(pools, row, sink);
    }
    return RpcResponses.json(200, sink.raw("]}").finish());
  }

  private static void writePool(SqlRows pools, int row, JsonSink sink) {
    sink.raw("{\"name\":").string(pools.text(row, 0));
    sink.raw(",\"inFlight\":").number(pools.number(row, 1));
    sink.raw(",\"maxConcurrency\":").number(pools.number(row, 2));
    sink.raw(",\"queued\":").number(pools.number(row, 3)).raw("}");
  }

  HttpResponse.Json pool(@Nullable String name) {
    SqlRows pools = store.pools();
    for (int row = 0; row < pools.size(); row++) {
      if (pools.text(row, 0).equals(name)) {
        JsonSink sink = texts.sink();
        writePool(pools, row, sink);
        return RpcResponses.json(200, sink.finish());
      }
    }
    return SchedulerRoutes.notFound();
  }

  /** A job's slot is free when its shard has answered: there is nothing to be told. */
  HttpResponse.Json inFlight(@Nullable String pool) {
    int count = pool == null ? 0 : store.countRunning(pool);
    JsonSink sink = texts.sink().raw("{\"inFlight\":").number(count);
    return RpcResponses.json(200, sink.raw("}").finish());
  }
}
