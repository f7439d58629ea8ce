package lunora.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.bulk.BulkRequests;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.WorkerHost;
import lunora.schema.Schema;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The end of a staged import: every shard and the global database are asked first whether they
 * would commit, then each does, in a transaction of its own. Everything may suspend.
 */
final class ImportSession {

  private final WorkerHost host;
  private final String session;
  private final List<String> shardKeys;
  private final Schema schema;
  private final GlobalImport globals;

  /**
   * The session.
   *
   * @param shardKeys all shards that may have rows of it
   * @param schema of the shards' tables
   */
  ImportSession(
      WorkerHost host,
      String session,
      List<String> shardKeys,
      Schema schema,
      GlobalImport globals) {
    this.host = host;
    this.session = session;
    this.shardKeys = shardKeys;
    this.schema = schema;
    this.globals = globals;
  }

  /** How a session begins, in each shard and in the global database. */
  record Begin(String session, String mode, String tables) {}

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
   * Commits all shards. Sent again within a day of its success it is answered as it was.
   *
   * @throws LunoraException {@code CONFLICT} and the like when a shard refuses beforehand: then no
   *     shard has changed; {@code SHARD_HTTP_ERROR} when some have committed, or may have
   */
  JsonText commit(Commit commit) {
    Set<String> done = new LinkedHashSet<>();
    Map<String, String> begun = begun(done);
    GlobalStage stage = globals.stage();
    GlobalStage.Terms global = null;
    if (stage != null) {
      global = stage.terms(session);
    }
    if (begun.isEmpty() && global == null) {
      return again(done, commit);
    }
    String[] terms =
        global != null
            ? new String[] {global.mode(), global.tables()}
            : begun.values().iterator().next().split("\n", 2);
    String mode = commit.mode() == null ? terms[0] : commit.mode();
    String tables = commit.tables() == null ? terms[1] : commit.tables();
    boolean all = commit.whole() && mode.equals("replace") && reachesShards(tables);
    List<String> targets = targets(all ? shardKeys : List.copyOf(done), begun.keySet());
    for (String shardKey : targets) {
      JsonText asked = body(mode, tables, commit.to().get(shardKey));
      BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_CHECK, asked);
    }
    if (stage != null && global != null) {
      globals.check(mode, list(tables));
    }
    ImportReport report = new ImportReport(0, List.of());
    if (!commit.dryRun()) {
      int first = targets.size() - begun.size();
      int count = commitShards(targets.subList(0, first), 0, commit, mode, tables, report);
      if (!report.hasFailed()) {
        List<String> last = targets.subList(first, targets.size());
        count = commitShards(last, count, commit, mode, tables, report);
        if (global != null) {
          commitGlobals(count, mode, list(tables), report);
        } else {
          globals.known(session, report);
        }
      }
    }
    if (report.hasFailed()) {
      throw new LunoraException(
              ErrorCode.SHARD_HTTP_ERROR, "a part of the import is not in place: commit again")
          .withHint(report.json().toString());
    }
    return report.committed(!commit.dryRun(), targets.size());
  }

  /**
   * Those that have rows of the session last: while one of them has, the commit is not over, and
   * once none has it is, so that who lost its answer can be told.
   */
  private static List<String> targets(List<String> others, Set<String> begun) {
    List<String> targets = new ArrayList<>(others);
    targets.removeAll(begun);
    targets.addAll(begun);
    return targets;
  }

  /** The answer of a commit that is over. */
  private JsonText again(Set<String> done, Commit commit) {
    ImportReport report = new ImportReport(0, List.of());
    for (String shardKey : done) {
      // It is committed, so that neither mode nor tables are looked at.
      JsonText asked = body("append", "", null);
      Map<String, Value> answer =
          BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_COMMIT, asked);
      report.add(answer);
    }
    boolean known = globals.known(session, report);
    if (done.isEmpty() && !known) {
      throw new LunoraException(ErrorCode.NOT_FOUND, "nobody has rows of this session");
    }
    return report.committed(!commit.dryRun(), done.size());
  }

  /** How many shards have committed, with those that had before. */
  private int commitShards(
      List<String> targets,
      int before,
      Commit commit,
      String mode,
      String tables,
      ImportReport report) {
    int done = before;
    for (String shardKey : targets) {
      JsonText asked = body(mode, tables, commit.to().get(shardKey));
      try {
        Map<String, Value> answer =
            BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_COMMIT, asked);
        report.add(answer);
        done++;
      } catch (RuntimeException e) {
        if (done == 0 && BulkClient.isRefusal(e)) {
          throw e;
        }
        report.failed(shardKey, String.valueOf(e.getMessage()));
      }
    }
    return done;
  }

  private void commitGlobals(int done, String mode, List<String> tables, ImportReport report) {
    try {
      globals.commit(session, mode, tables, report);
    } catch (RuntimeException e) {
      if (done == 0 && BulkClient.isRefusal(e)) {
        throw e;
      }
      report.failed(GlobalImport.PART, String.valueOf(e.getMessage()));
    }
  }

  private boolean reachesShards(String tables) {
    List<String> named = list(tables);
    return named.isEmpty()
        || schema.tables().stream().anyMatch(table -> named.contains(table.name()));
  }

  private static List<String> list(String tables) {
    return tables.isEmpty() ? List.of() : List.of(tables.split(","));
  }

  /** By shard that has rows of the session, how it was begun there; those that are done aside. */
  private Map<String, String> begun(Set<String> done) {
    Map<String, String> begun = new LinkedHashMap<>();
    for (String shardKey : shardKeys) {
      Map<String, Value> terms =
          BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_TERMS, named());
      if (terms.containsKey("committed")) {
        done.add(shardKey);
      }
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
    for (String table : list(tables)) {
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
    GlobalStage stage = globals.stage();
    if (stage != null) {
      boolean aborted = stage.abort(session);
      any |= aborted;
    }
    return any;
  }
}
