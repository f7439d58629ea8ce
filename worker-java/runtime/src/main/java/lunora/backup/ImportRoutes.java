package lunora.backup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import lunora.admin.AdminInput;
import lunora.admin.AdminRoutes;
import lunora.bulk.BulkRequests;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.registry.RegistryClient;
import lunora.rpc.InputFields;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.schema.Schema;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** {@code /_lunora/admin/import} and what ends a staged one (protocol section 15.3). */
public final class ImportRoutes {

  private static final int MULTI_STATUS = 207;

  /** Of a request that stages rows. */
  private static final int STAGED_BYTES_MAX = 4_194_304;

  private final Schema schema;
  private final ShardList shards;
  private final GlobalTables globals;

  ImportRoutes(Schema schema, BackupPlace place) {
    this.schema = schema;
    this.shards = place.shards();
    this.globals = place.globals();
  }

  void addTo(AdminRoutes routes) {
    routes.add("POST import", this::importLines);
    routes.add("POST import/commit", this::commit);
    routes.add("POST import/abort", this::abort);
  }

  private HttpResponse importLines(HttpRequest request, WorkerHost host) {
    String mode = mode(request.query("mode"));
    String stage = request.query("stage");
    ImportLines lines =
        new ImportLines(schema, globals, shards.defaultShardKey(), request.query("shard"));
    // A row may be longer than a request usually is; an import in one go is bound by the protocol.
    lines.read(request.readText(stage == null ? RpcEnvelope.BODY_BYTES_MAX : STAGED_BYTES_MAX));
    String tables = request.query("tables");
    tables = tables == null ? "" : tables;
    if (stage == null && !mode.equals("append")) {
      return atOnce(lines, mode, tables, host);
    }
    // Even without a row: the session is to know of the global tables.
    boolean global = stage != null && "true".equals(request.query("global"));
    return answer(send(lines, global, stage, mode, tables, host));
  }

  private static String mode(@Nullable String given) {
    String mode = given == null ? "append" : given;
    if (!mode.equals("append") && !mode.equals("replace") && !mode.equals("empty")) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "mode is append, replace or empty");
    }
    return mode;
  }

  private static HttpResponse answer(ImportReport report) {
    return RpcResponses.json(report.hasFailed() ? MULTI_STATUS : 200, report.json());
  }

  /** An import in one request that is to be whole: staged and committed here. */
  private HttpResponse atOnce(ImportLines lines, String mode, String tables, WorkerHost host) {
    String session = host.crypto().random().uuid();
    TreeSet<String> named = new TreeSet<>();
    for (String shardKey : lines.shardKeys()) {
      named.addAll(lines.tablesOf(shardKey));
    }
    lines.globals().forEach(line -> named.add(line.table()));
    String touched = tables.isEmpty() ? String.join(",", named) : tables;
    ImportReport staged = send(lines, false, session, mode, touched, host);
    ImportSession end = session(session, List.copyOf(lines.shardKeys()), host);
    boolean none = lines.shardKeys().isEmpty() && lines.globals().isEmpty();
    if (staged.hasErrors() || staged.hasFailed() || none) {
      end.abort();
      return answer(staged);
    }
    JsonText done = end.commit(new ImportSession.Commit(mode, touched, Map.of(), false, false));
    ImportReport report = new ImportReport(lines.received(), lines.errors());
    if (BulkClient.read(done).get("result") instanceof Value.Obj result) {
      report.add(result.fields());
    }
    return answer(report);
  }

  private ImportSession session(String session, List<String> shardKeys, WorkerHost host) {
    return new ImportSession(host, session, shardKeys, schema, new GlobalImport(globals, host));
  }

  private ImportReport send(
      ImportLines lines,
      boolean global,
      @Nullable String session,
      String mode,
      String tables,
      WorkerHost host) {
    ImportReport report = new ImportReport(lines.received(), lines.errors());
    for (String shardKey : lines.shardKeys()) {
      JsonWriter body = new JsonWriter().raw("{\"mode\":").string(mode);
      body.raw(",\"tables\":").string(tables).raw(",\"session\":");
      if (session == null) {
        body.raw("null");
      } else {
        body.string(session);
      }
      JsonText text = body.raw(",\"lines\":[").json(lines.of(shardKey)).raw("]}").finish();
      try {
        announce(lines, shardKey, session != null, host);
        Map<String, Value> answer =
            BulkClient.ask(host.shards(), shardKey, BulkRequests.IMPORT_ROWS, text);
        report.add(answer);
      } catch (LunoraException e) {
        report.failed(shardKey, String.valueOf(e.getMessage()));
      }
    }
    if (global || !lines.globals().isEmpty()) {
      ImportSession.Begin begin =
          session == null ? null : new ImportSession.Begin(session, mode, tables);
      sendGlobals(lines, begin, report, host);
    }
    return report;
  }

  private void sendGlobals(
      ImportLines lines,
      ImportSession.@Nullable Begin begin,
      ImportReport report,
      WorkerHost host) {
    GlobalImport imports = new GlobalImport(globals, host);
    try {
      if (begin == null) {
        imports.put(lines.globals(), report);
      } else {
        imports.stage(lines.globals(), begin, report);
      }
    } catch (LunoraException e) {
      report.failed(GlobalImport.PART, String.valueOf(e.getMessage()));
    }
  }

  /** Rows that are staged are no writes yet that a shard would tell of itself. */
  private void announce(ImportLines lines, String shardKey, boolean staged, WorkerHost host) {
    if (staged && !shardKey.equals(shards.defaultShardKey())) {
      for (String table : lines.tablesOf(shardKey)) {
        RegistryClient.announce(host, table, shardKey);
      }
    }
  }

  private HttpResponse commit(HttpRequest request, WorkerHost host) {
    Map<String, Value> asked = read(request);
    InputFields args = new InputFields(new Value.Obj(asked));
    boolean some = args.textsOrNull("shards") != null;
    Map<String, String> to = new LinkedHashMap<>();
    InputFields targets = new InputFields(args.objectOrEmpty("to"));
    for (String key : targets.object().fields().keySet()) {
      if (targets.value(key) != null) {
        to.put(key, JsonWriter.print(targets.objectOrEmpty(key)));
      }
    }
    boolean dryRun = args.flag("dryRun", false);
    String mode = args.textOrNull("mode");
    ImportSession session = session(session(asked), shardKeys(asked, host), host);
    JsonText done =
        session.commit(
            new ImportSession.Commit(mode == null ? null : mode(mode), null, to, dryRun, !some));
    return RpcResponses.json(200, done);
  }

  private HttpResponse abort(HttpRequest request, WorkerHost host) {
    Map<String, Value> asked = read(request);
    boolean aborted = session(session(asked), shardKeys(asked, host), host).abort();
    return RpcResponses.json(
        200, JsonText.of(aborted ? "{\"aborted\":true}" : "{\"aborted\":false}"));
  }

  private List<String> shardKeys(Map<String, Value> asked, WorkerHost host) {
    List<String> keys = new InputFields(new Value.Obj(asked)).textsOrNull("shards");
    if (keys == null) {
      keys = shards.of(host, List.of());
    }
    return keys;
  }

  private static String session(Map<String, Value> asked) {
    String session = BulkClient.text(asked, "session");
    if (session.isEmpty()) {
      throw new LunoraException(ErrorCode.BAD_REQUEST, "`session` must be a string");
    }
    return session;
  }

  static Map<String, Value> read(HttpRequest request) {
    return AdminInput.optionalBody(request).fields();
  }
}
