package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lunora.TestApp;
import lunora.api.AppModule;
import lunora.boot.Worker;
import lunora.error.ErrorCode;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.GlobalSession;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.testkit.FakeGlobalDatabase;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see of global tables, and what they are told where there is nothing. */
class AdminGlobalTest {

  private record Profile(String name, String bio) {}

  private static final Field<Profile, String> NAME = Field.of("name", Codecs.STRING, Profile::name);
  private static final Field<Profile, String> BIO = Field.of("bio", Codecs.STRING, Profile::bio);
  private static final Table<Profile> PROFILES =
      Table.<Profile>named("profiles")
          .field(NAME)
          .field(BIO)
          .global()
          .construct(row -> new Profile(row.get(NAME), row.get(BIO)));

  private static final String TOKEN = "an admin token that nobody guesses, ever";

  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(
          key -> new FakeShard(FakeShardHost.inMemory(key), Worker.of(TestApp.module())::shard));
  private final FakeWorkerHost host = new FakeWorkerHost(shards).set("LUNORA_ADMIN_TOKEN", TOKEN);
  private final FakeGlobalDatabase database = new FakeGlobalDatabase();
  private final Worker profiles = Worker.of(AppModule.create().table(PROFILES).build());

  @AfterEach
  void close() {
    shards.close();
    database.close();
  }

  private HttpResponse get(Worker worker, String method, String path) {
    String url = "https://app.test/_lunora/admin/" + path;
    FakeHttpRequest request = FakeHttpRequest.of(method, url);
    return worker.edge().fetch(request.header("authorization", "Bearer " + TOKEN), host);
  }

  private String rows(String path) {
    HttpResponse answer = get(profiles, "GET", path);
    assertEquals(200, answer.status(), () -> text(answer));
    return text(answer);
  }

  private static String text(HttpResponse answer) {
    return answer instanceof HttpResponse.Json json ? json.body().toString() : answer.toString();
  }

  private void bind() {
    host.bind("DB", database);
    GlobalSession session = database.start(GlobalDatabase.Start.PRIMARY);
    for (String statement : TableLayout.statements(PROFILES)) {
      session.execute(statement);
    }
    for (int n = 1; n <= 3; n++) {
      String doc = "{\"_id\":\"p" + n + "\",\"name\":\"n" + n + "\",\"bio\":\"b" + n / 2 + "\"}";
      session.execute(
          "INSERT INTO profiles (_id, _creationTime, _doc) VALUES (?, ?, ?)", "p" + n, n, doc);
    }
  }

  @Test
  void tablesRowsAndValues() {
    bind();
    assertEquals("{\"tables\":[{\"name\":\"profiles\",\"rows\":3}]}", rows("global/tables"));
    String page = rows("global/table?table=profiles&limit=1&offset=1");
    assertTrue(page.startsWith("{\"rows\":[{\"_id\":\"p2\","), page);
    assertTrue(page.endsWith("\"limit\":1,\"offset\":1,\"total\":3,\"hasMore\":true}"), page);
    assertTrue(rows("global/table?table=profiles&offset=2").endsWith("\"hasMore\":false}"));
    String values = rows("global/facet?table=profiles&column=bio");
    assertTrue(values.startsWith("{\"values\":[{\"value\":\"b1\",\"count\":2}"), values);
    assertEquals(404, get(profiles, "GET", "global/table?table=messages").status());
    assertEquals(404, get(profiles, "GET", "global/facet?table=profiles&column=x").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "global/tables",
        "global/table?table=profiles",
        "global/facet?table=profiles&column=bio"
      })
  void aTableWhoseMigrationWasNotAppliedIsNamedAsThat(String path) {
    host.bind("DB", database);
    HttpResponse answer = get(profiles, "GET", path);
    assertEquals(400, answer.status(), () -> text(answer));
    assertTrue(text(answer).contains("\"GLOBAL_NOT_CONFIGURED\""), text(answer));
    assertTrue(text(answer).contains("migrations apply"), text(answer));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, global/tables, GLOBALS_NOT_CONFIGURED",
    "GET, kv/namespaces, KV_NOT_CONFIGURED",
    "PUT, kv/value?key=a, KV_NOT_CONFIGURED",
    "POST, export-tap/run, EXPORT_TAP_NOT_CONFIGURED",
    "GET, vector/indexes, VECTORS_NOT_CONFIGURED",
    "GET, workflows, WORKFLOWS_NOT_CONFIGURED",
    "POST, workflows/instances/x, WORKFLOWS_NOT_CONFIGURED",
    "GET, auth/users, AUTH_NOT_CONFIGURED",
    "POST, pitr, PITR_UNAVAILABLE"
  })
  void whatIsNotThereSaysSo(String method, String path, ErrorCode code) {
    for (Worker worker : new Worker[] {Worker.of(TestApp.module()), profiles}) {
      HttpResponse answer = get(worker, method, path);
      assertEquals(code.status(), answer.status());
      assertTrue(text(answer).contains("\"" + code + "\""), text(answer));
    }
  }
}
