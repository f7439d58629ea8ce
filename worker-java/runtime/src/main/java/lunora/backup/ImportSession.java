package lunora.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.bulk.BulkRequests;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The end of a staged import: every shard is asked first whether it would commit, then each does,
 * in a transaction of its own. Everything may suspend.
 */
final class ImportSession {

  private final WorkerHost host;
  private final String session;
  private final List<String> shardKeys;

  /**
   * The session.
   *
   * @param shardKeys all shards that may have rows of it
   */
  ImportSession(WorkerHost host, String session, List<String> shardKeys) {
    this.host = host;
    this.session = session;
    this.shardKeys = shardKeys;
  }

  /**
   * What is to be done.
   *
   * @param mode {@code append}, {@code replace} or {@code empty}; null for that it was begun in
   * @param tables those that it is for; null for those it was begun for
   * @param to by shard, the JSON of how far to replay its log; empty for not at all
   * @param dryRun whether to ask only
   * @param whole whether shards without a row of it are replaced too
   */
  record Commit(
      @Nullable String mode,
      @Nullable String tables,
      Map<String, String> to,
      boolean dryRun,
      boolean whole) {}

  /**
   * Commits all shards.
   *
   * @throws LunoraException {@code CONFLICT} and the like when a shard refuses beforehand: then no
   *     shard has changed; {@code SHARD_HTTP_ERROR} when some had committed before another failed
   */
  JsonText commit(Commit commit) {
    Map<String, String> begun = begun();
    if (begun.isEmpty()) {
      throw new LunoraException(ErrorCode.NOT_FOUND, "no shard has rows of this session");
    }
    String[] terms = begun.values().iterator().next().split("\n", 2);
    String mode = commit.mode() == null ? terms[0] : commit.mode();
    String tables = commit.tables() == null ? terms[1] : commit.tables();
    List<String> targets =
        commit.whole() && mode.equals("replace") ? shardKeys : new ArrayList<>(begun.keySet());
    for (String shardKey : targets) {
      JsonText asked = body(mode, tables, commit.to().get(shardKey));
      BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_CHECK, asked);
    }
    ImportReport report = new ImportReport(0, List.of());
    int done = 0;
    for (String shardKey : commit.dryRun() ? List.<String>of() : targets) {
      JsonText asked = body(mode, tables, commit.to().get(shardKey));
      try {
        Map<String, Value> answer =
            BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_COMMIT, asked);
        report.add(answer);
        done++;
      } catch (RuntimeException e) {
        if (done == 0) {
          throw e;
        }
        report.failed(shardKey, String.valueOf(e.getMessage()));
      }
    }
    if (report.hasFailed()) {
      throw new LunoraException(
              ErrorCode.SHARD_HTTP_ERROR,
              done + " of " + targets.size() + " shards have committed: commit again")
          .withHint(report.json().toString());
    }
    JsonWriter out =
        new JsonWriter().raw("{\"committed\":").raw(commit.dryRun() ? "false" : "true");
    out.raw(",\"shards\":").number(targets.size()).raw(",\"result\":");
    return out.json(report.json()).raw("}").finish();
  }

  /** By shard that has rows of the session, how it was begun there. */
  private Map<String, String> begun() {
    Map<String, String> begun = new LinkedHashMap<>();
    for (String shardKey : shardKeys) {
      Map<String, Value> terms =
          BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_TERMS, named());
      if (terms.containsKey("mode")) {
        begun.put(
            shardKey, BulkClient.text(terms, "mode") + "\n" + BulkClient.text(terms, "tables"));
      }
    }
    return begun;
  }

  private JsonText named() {
    return new JsonWriter().raw("{\"session\":").string(session).raw("}").finish();
  }

  private JsonText body(String mode, String tables, @Nullable String to) {
    JsonWriter out = new JsonWriter().raw("{\"session\":").string(session);
    out.raw(",\"mode\":").string(mode).raw(",\"tables\":[");
    String before = "";
    for (String table : tables.isEmpty() ? new String[0] : tables.split(",")) {
      out.raw(before).string(table);
      before = ",";
    }
    out.raw("]");
    if (to != null) {
      out.raw(",\"to\":").raw(to);
    }
    return out.raw("}").finish();
  }

  /** Has every shard forget the session; whether any knew it. */
  boolean abort() {
    boolean any = false;
    for (String shardKey : shardKeys) {
      Map<String, Value> answer =
          BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_ABORT, named());
      any |= answer.get("aborted") instanceof Value.Bool aborted && aborted.value();
    }
    return any;
  }
}
