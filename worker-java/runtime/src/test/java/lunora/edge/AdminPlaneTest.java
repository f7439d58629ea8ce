package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lunora.TestApp;
import lunora.backup.BackupSettings;
import lunora.boot.Worker;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.SqlStorage;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators can ask of a deployment, from the Worker down to SQLite. */
class AdminPlaneTest {

  private static final String TOKEN = "an admin token that nobody guesses, ever";
  private static final String PLANE = "https://app.test/_lunora/";

  private final Worker worker = Worker.of(TestApp.module());
  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(key -> new FakeShard(FakeShardHost.inMemory(key), worker::shard));
  private final LoopbackShardNamespace registries =
      new LoopbackShardNamespace(
          key -> new FakeShard(FakeShardHost.inMemory(key), worker::shardRegistry));
  private final LoopbackShardNamespace schedulers =
      new LoopbackShardNamespace(
          key -> new FakeShard(FakeShardHost.inMemory(key), worker::scheduler));
  private final FakeWorkerHost host = new FakeWorkerHost(shards).set("LUNORA_ADMIN_TOKEN", TOKEN);
  private WorkerHandler edge = worker.edge();

  @BeforeEach
  void bind() {
    host.bind("SHARD_REGISTRY", registries);
    host.bind("SCHEDULER", schedulers);
    rpc("messages:send", "{\"channel\":\"a\",\"author\":\"ann\",\"body\":\"hello\"}");
    rpc("messages:send", "{\"channel\":\"b\",\"author\":\"bob\",\"body\":\"bye\"}");
  }

  @AfterEach
  void close() {
    shards.close();
    registries.close();
    schedulers.close();
  }

  @Test
  void tablesAndTheirColumns() {
    String tables = op("listTables", "{}");
    assertTrue(tables.contains("{\"name\":\"messages\",\"rows\":2"), tables);
    String columns = op("describeTable", "{\"table\":\"messages\"}");
    assertTrue(columns.startsWith("{\"result\":{\"columns\":[{\"name\":\"_id\""), columns);
    assertTrue(columns.contains("{\"name\":\"body\",\"type\":\"string\""), columns);
    assertTrue(op("describeTables", "{}").contains("\"columnsByTable\":{\"messages\":[{"));
    String indexes = op("listTableIndexes", "{\"table\":\"counters\"}");
    assertTrue(indexes.contains("\"columns\":[\"name\"],\"unique\":true"), indexes);
    assertTrue(op("listTablesIndexes", "{}").contains("\"indexesByTable\":{"));
    assertTrue(op("describeTable", "{\"table\":\"nothing\"}").contains("UNKNOWN_TABLE"));
  }

  @Test
  void pagesOfRows() {
    String all = op("readTablePage", "{\"table\":\"messages\",\"orderBy\":\"-body\"}");
    assertTrue(all.indexOf("hello") < all.indexOf("bye"), all);
    assertTrue(all.endsWith("\"limit\":50,\"offset\":0,\"total\":2,\"hasMore\":false}}"), all);
    String first = op("readTablePage", "{\"table\":\"messages\",\"limit\":1,\"skipCount\":true}");
    assertTrue(first.contains("hello") && !first.contains("bye"), first);
    assertTrue(first.contains("\"hasMore\":true"), first);
    String found = op("readTablePage", "{\"table\":\"messages\",\"search\":\"BYE\"}");
    assertTrue(found.contains("\"total\":1"), found);
    String filter =
        "{\"table\":\"messages\",\"filters\":[{\"column\":\"author\",\"op\":\"eq\",\"value\":\"ann\"}]}";
    assertTrue(op("readTablePage", filter).contains("\"total\":1"));
    String facet = op("facetColumn", "{\"table\":\"messages\",\"column\":\"author\"}");
    assertTrue(facet.contains("{\"value\":\"ann\",\"count\":1}"), facet);
    String injected = "{\"table\":\"messages\",\"orderBy\":\"body; DROP TABLE messages\"}";
    assertTrue(op("readTablePage", injected).contains("UNKNOWN_COLUMN"));
    assertTrue(
        op("readTablePage", "{\"table\":\"messages\",\"limit\":501}").contains("INVALID_INPUT"));
  }

  @Test
  void sqlReads() {
    String rows = op("runSql", "{\"sql\":\"SELECT count(*) AS n, 'x' AS t FROM messages\"}");
    assertEquals(
        "{\"result\":{\"columns\":[\"n\",\"t\"],\"rows\":[[2,\"x\"]],\"truncated\":false}}", rows);
    String many =
        "{\"sql\":\"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 9)"
            + " SELECT x FROM c\",\"limit\":2}";
    assertTrue(op("runSql", many).endsWith("\"rows\":[[1],[2]],\"truncated\":true}}"));
    String schema = "SELECT count(*) AS n FROM sqlite_master WHERE name LIKE '%run_sql%'";
    assertTrue(op("runSql", "{\"sql\":\"" + schema + "\"}").contains("[[1]]"));
    assertEquals(0, sql().query("SELECT 1 FROM sqlite_master WHERE name LIKE '%run_sql%'").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM messages",
        "SELECT 1; DELETE FROM messages",
        "SELECT 1); DELETE FROM messages; SELECT (1",
        "WITH a AS (SELECT 1) DELETE FROM messages",
        "DELETE FROM messages RETURNING _id",
        "PRAGMA foreign_keys = OFF",
        "DROP TABLE messages",
        "SELECT nothing FROM nowhere",
        "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 1000000)"
            + " SELECT max(x) FROM c",
        "WITH c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 9999)"
            + " SELECT count(*) FROM c, c AS d",
      })
  void sqlDoesNothingElse(String sql) {
    String refusal = op("runSql", "{\"sql\":\"" + sql + "\"}");
    assertTrue(refusal.contains("INVALID_INPUT"), refusal);
    assertEquals(2, sql().query("SELECT 1 FROM messages").size());
  }

  @Test
  void rowsAreWrittenAsMutationsWriteThem() {
    double before = head();
    String written =
        op(
            "writeRow",
            "{\"table\":\"messages\",\"op\":\"insert\","
                + "\"doc\":{\"channel\":\"a\",\"author\":\"op\",\"body\":\"new\"}}");
    String id = written.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    assertEquals(before + 1, head());
    op("writeRow", row("patch", id, "{\"body\":\"newer\"}"));
    assertTrue(rpc("messages:list", "{\"channel\":\"a\"}").contains("newer"));
    assertTrue(op("writeRow", row("patch", id, "{\"body\":7}")).contains("VALIDATION_ERROR"));
    assertTrue(op("writeRow", row("patch", id, "{\"other\":7}")).contains("UNKNOWN_COLUMN"));
    assertTrue(op("writeRow", row("patch", "none", "{}")).contains("NOT_FOUND"));
    op(
        "patchRows",
        "{\"table\":\"messages\",\"ids\":[\"" + id + "\"],\"patch\":{\"author\":\"me\"}}");
    assertTrue(rpc("messages:list", "{\"channel\":\"a\"}").contains("\"author\":\"me\""));
    op("writeRow", row("delete", id, "{}"));
    assertFalse(rpc("messages:list", "{\"channel\":\"a\"}").contains("newer"));
    assertEquals("{\"result\":{\"count\":2,\"hasMore\":false}}", clear());
    assertEquals(0, sql().query("SELECT 1 FROM messages").size());
  }

  private String clear() {
    return op("clearTable", "{\"table\":\"messages\"}");
  }

  private static String row(String op, String id, String doc) {
    return "{\"table\":\"messages\",\"op\":\""
        + op
        + "\",\"id\":\""
        + id
        + "\",\"doc\":"
        + doc
        + "}";
  }

  @Test
  void aShardIsCopiedAndPutBack() {
    String all = op("exportShard", "{\"tables\":[]}");
    assertTrue(all.startsWith("{\"result\":{\"rows\":[{\"table\":\"messages\",\"doc\":{"), all);
    assertEquals("{\"result\":{\"rows\":[]}}", op("exportShard", "{\"tables\":[\"counters\"]}"));
    assertTrue(op("exportShard", "{\"tables\":[\"nothing\"]}").contains("UNKNOWN_TABLE"));
    String rows = all.substring("{\"result\":{\"rows\":[".length(), all.length() - "]}}".length());
    clear();
    String bad = "{\"table\":\"messages\",\"doc\":{\"body\":7}},{\"table\":\"nothing\",\"doc\":{}}";
    String given = "{\"rows\":[" + rows + "," + bad + "],\"startLine\":5}";
    String put = op("importShard", given);
    assertTrue(put.contains("{\"inserted\":{\"messages\":2},\"conflicts\":0,\"errors\":["), put);
    assertTrue(put.contains("{\"code\":\"BAD_ROW\",\"line\":7,"), put);
    assertTrue(put.contains("{\"code\":\"BAD_ROW\",\"line\":8,"), put);
    assertTrue(op("importShard", given).contains("\"inserted\":{},\"conflicts\":2"));
    assertEquals(all, op("exportShard", "{}"));
    assertTrue(op("importShard", "{}").contains("INVALID_INPUT"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exportShard | {'tables':'x'}",
        "exportShard | {'tables':{}}",
        "exportShard | {'tables':[7]}",
        "importShard | {'rows':{}}",
        "importShard | {'rows':[],'startLine':'5'}",
        "cdcSync | {'epoch':7}",
        "cdcSync | {'tables':'messages'}",
        "readTablePage | {'table':'messages','filters':{}}",
        "readTablePage | {'table':'messages','search':7}",
        "readTablePage | {'table':'messages','skipCount':'yes'}",
        "readTablePage | {'table':'messages','orderBy':7}",
        "readTablePage | {'table':'messages','orderBy':{'column':'_id','direction':'down'}}",
        "facetColumn | {'table':'messages','column':'body','filters':'x'}",
        "runSql | {'sql':7,'query':'SELECT 1'}",
        "listSubscriptions | {'connectionId':7}",
        "runMigration | {'id':'m','dryRun':'yes'}",
        "migrationStatus | {'id':7}",
        "getAuditLog | {'limit':'5'}",
        "getAuditLog | {'before':'5'}",
        "runAs | {'functionPath':'messages:list','args':[]}",
        "runAs | {'functionPath':'messages:list','userId':7}",
        "runAs | {'functionPath':'messages:list','identity':{'userId':7}}",
        "runAs | {'functionPath':'messages:list','system':'no'}"
      })
  void whatIsOfAnotherKindIsNotTakenForAbsent(String operation, String args) {
    String answer = op(operation, args.replace('\'', '"'));
    assertTrue(answer.contains("\"INVALID_INPUT\""), answer);
  }

  @Test
  void nullIsAbsent() {
    String all = op("exportShard", "{}");
    assertEquals(all, op("exportShard", "{\"tables\":null}"));
    assertEquals(all, op("exportShard", "{\"tables\":[\"messages\",\"messages\"]}"));
  }

  @Test
  void functionsRunAsSomebody() {
    String sent =
        op(
            "runAs",
            "{\"functionPath\":\"messages:list\",\"args\":{\"channel\":\"a\"},\"userId\":\"eve\"}");
    assertTrue(sent.contains("hello"), sent);
    assertTrue(op("runAs", "{\"functionPath\":\"no:such\"}").contains("FUNCTION_NOT_FOUND"));
    assertTrue(
        op("runAs", "{\"functionPath\":\"__lunora_admin__:clearTable\"}")
            .contains("INVALID_INPUT"));
  }

  @Test
  void everyCallIsRecordedBeforeItIsCarriedOut() {
    op("runSql", "{\"sql\":\"SELECT 'secret'\"}");
    op("describeTable", "{\"table\":\"nothing\"}");
    get("shards");
    String audit = get("audit");
    assertTrue(audit.contains("\"operation\":\"runSql\",\"shardKey\":\"__root__\",\"status\":200"));
    assertTrue(audit.contains("\"operation\":\"describeTable\""), audit);
    assertTrue(audit.contains("\"target\":\"nothing\",\"status\":404"), audit);
    assertTrue(audit.contains("\"operation\":\"GET shards\",\"status\":200"), audit);
    assertFalse(audit.contains("secret") || audit.contains(TOKEN), audit);
    String op = op("getAuditLog", "{\"limit\":1}");
    assertTrue(op.startsWith("{\"result\":{\"entries\":[{\"seq\":"), op);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPDATE", "DELETE"})
  void theRecordIsOnlyAddedTo(String verb) {
    get("shards");
    String statement =
        verb.equals("UPDATE")
            ? "UPDATE \"__lunora_admin_audit\" SET status = 1"
            : "DELETE FROM \"__lunora_admin_audit\"";
    SqlStorage store = registries.shard("__lunora_shard_registry__").host().sql();
    assertThrows(RuntimeException.class, () -> store.execute(statement));
  }

  @Test
  void withoutARegistryTheLogHasTheRecord() {
    FakeWorkerHost bare = new FakeWorkerHost(shards).set("LUNORA_ADMIN_TOKEN", TOKEN);
    HttpResponse answer =
        edge.fetch(authorized(FakeHttpRequest.get(PLANE + "admin/functions")), bare);
    assertEquals(200, answer.status());
    assertTrue(bare.log().lines().get(0).text().contains("GET functions"));
  }

  @ParameterizedTest
  @CsvSource({
    "functions, '\"path\":\"messages:send\",\"kind\":\"mutation\"'",
    "openapi, '\"/_lunora/rpc#messages:list\"'",
    "openrpc, '\"name\":\"messages:list\"'",
    "cron-jobs, '{\"cronJobs\":['",
    "queues, '{\"queues\":['",
    "shards, '{\"shardKey\":\"__root__\"'",
    "metrics, '\"functions\":[{\"path\":\"messages:send\",\"calls\":2,\"errors\":0}]'",
    "shard-traffic, '{\"ok\":1,\"failed\":0,\"shards\":[{\"shardKey\":\"__root__\",\"requests\":2}]}'",
    "shards/connections, '{\"connections\":[],\"total\":0}'",
    "shards/subscriptions, '{\"subscriptions\":[],\"total\":0,\"queries\":0}'",
    "scheduled, '{\"records\":[],\"truncated\":false}'",
    "scheduled/status, '{\"backlog\":0,\"inFlight\":0,\"pools\":[]}'",
    "scheduled/dead, '{\"records\":[],\"truncated\":false}'",
  })
  void routesThatRead(String path, String part) {
    String answer = get(path);
    assertTrue(answer.contains(part), answer);
    Json.read(answer);
  }

  @Test
  void theWrongVerbAndTheWrongPath() {
    assertEquals(
        405, edge.fetch(authorized(FakeHttpRequest.get(PLANE + "admin/ws-token")), host).status());
    assertEquals(
        404, edge.fetch(authorized(FakeHttpRequest.get(PLANE + "admin/other")), host).status());
    assertEquals(403, edge.fetch(FakeHttpRequest.get(PLANE + "admin/other"), host).status());
    assertTrue(op("noSuchOp", "{}").contains("UNKNOWN_ADMIN_OP"));
  }

  @Test
  void aPathBesideThePrefixIsRecordedByItsName() {
    edge.fetch(authorized(FakeHttpRequest.post(PLANE + "migrate/status", "{}")), host);
    assertTrue(get("audit").contains("\"operation\":\"POST migrate/status\""));
  }

  @Test
  void theBackupIsACronJobAsWell() {
    edge =
        Worker.of(TestApp.module()).backup(BackupSettings.into("BACKUPS").at("0 3 * * *")).edge();
    assertTrue(get("cron-jobs").contains("\"cron\":\"0 3 * * *\""));
  }

  @Test
  void healthSaysWhatWorks() {
    HttpResponse health = edge.fetch(FakeHttpRequest.get(PLANE + "health"), host);
    assertEquals(200, health.status());
    assertTrue(text(health).startsWith("{\"status\":\"ok\",\"checks\":[{\"name\":\"shards\""));
    shards.cutOff("__root__");
    assertEquals(200, edge.fetch(FakeHttpRequest.get(PLANE + "health"), host).status());
    assertEquals(503, edge.fetch(FakeHttpRequest.get(PLANE + "health/ready"), host).status());
    host.clock().advance(1_000);
    assertEquals(503, edge.fetch(FakeHttpRequest.get(PLANE + "health"), host).status());
  }

  private SqlStorage sql() {
    return shards.shard("__root__").host().sql();
  }

  private double head() {
    return sql().query("SELECT ifnull(max(seq), 0) FROM \"__lunora_oplog\"").number(0, 0);
  }

  private String rpc(String path, String args) {
    String body = "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}";
    return text(edge.fetch(FakeHttpRequest.post(PLANE + "rpc", body), host));
  }

  private String op(String name, String args) {
    String body = "{\"functionPath\":\"__lunora_admin__:" + name + "\",\"args\":" + args + "}";
    return text(edge.fetch(authorized(FakeHttpRequest.post(PLANE + "rpc", body)), host));
  }

  private String get(String path) {
    HttpResponse answer =
        edge.fetch(authorized(FakeHttpRequest.get(PLANE + "admin/" + path)), host);
    assertEquals(200, answer.status(), () -> text(answer));
    return text(answer);
  }

  private static FakeHttpRequest authorized(FakeHttpRequest request) {
    return request.header("authorization", "Bearer " + TOKEN);
  }

  private static String text(HttpResponse answer) {
    return answer instanceof HttpResponse.Json json
        ? json.body().toString()
        : answer instanceof FakeForeign ? "foreign" : String.valueOf(answer);
  }
}
