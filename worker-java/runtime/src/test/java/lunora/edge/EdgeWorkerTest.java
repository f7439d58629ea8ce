package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lunora.TestApp;
import lunora.api.Identity;
import lunora.boot.Worker;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.EdgeOptions;
import lunora.host.edge.IdentitySource;
import lunora.host.edge.Need;
import lunora.host.edge.Route;
import lunora.host.edge.SecuritySettings;
import lunora.host.edge.ShardGate;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.ServerCall;
import lunora.host.local.LogSink;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which part of a Worker answers, and that one part's failure is not another's. */
class EdgeWorkerTest {

  private static final String ORIGIN = "https://app.test";

  private final Worker worker = Worker.of(TestApp.module());
  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(key -> new FakeShard(FakeShardHost.inMemory(key), worker::shard));
  private final FakeWorkerHost host = new FakeWorkerHost(shards);

  @AfterEach
  void close() {
    shards.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /_lunora/status, {\"ok\":true}",
    "GET, /_lunora/none, Not found",
    "GET, /api/auth, auth",
    "POST, /api/auth/sign-in, auth",
    "GET, /api/authority, page",
    "GET, /both, get",
    "POST, /both, any",
    "GET, /users/7, user 7",
    "GET, /users/me, me",
    "DELETE, /users/7, delete 7",
    "GET, /users/a%20%C3%A4, user a ä",
    "GET, /users/, page",
    "GET, /users/7/, page",
    "GET, /, page",
  })
  void eachPartAnswersItsPaths(String method, String path, String answer) {
    worker
        .auth("/api/auth", (request, h) -> HttpResponse.text(200, "auth"))
        .route("/both", (request, params, h) -> HttpResponse.text(200, "any"))
        .route("GET /both", (request, params, h) -> HttpResponse.text(200, "get"))
        .route("/users/:id", (request, params, h) -> text("user " + params.get("id")))
        .route("DELETE /users/:id", (request, params, h) -> text("delete " + params.get("id")))
        .route("/users/me", (request, params, h) -> text("me"))
        .httpRouter((request, h) -> HttpResponse.text(200, "page"));
    assertEquals(answer, body(fetch(FakeHttpRequest.of(method, ORIGIN + path))));
  }

  @Test
  void aPageThatFailsIsAPlain500AndNothingElse() {
    worker.httpRouter(
        (request, h) -> {
          throw new LunoraException(ErrorCode.CONFLICT, "the page's secret");
        });
    HttpResponse.Plain page = (HttpResponse.Plain) fetch(FakeHttpRequest.get(ORIGIN + "/"));
    assertEquals(500, page.status());
    assertEquals("Internal Server Error", page.body());
    assertEquals(200, fetch(FakeHttpRequest.get(ORIGIN + "/_lunora/status")).status());
    assertEquals(2, host.log().lines(LogSink.Level.ERROR).size(), "the bug and the request");
  }

  @Test
  void aRouteThatFailsIsAnErrorOfTheCatalogue() {
    worker
        .route(
            "/coded",
            (request, params, h) -> {
              throw new LunoraException(ErrorCode.CONFLICT, "taken");
            })
        .route(
            "/crash",
            (request, params, h) -> {
              throw new IllegalStateException("the route's secret");
            });
    assertTrue(body(fetch(FakeHttpRequest.get(ORIGIN + "/coded"))).contains("\"CONFLICT\""));
    assertEquals(
        "{\"error\":{\"code\":\"INTERNAL\",\"message\":\"Internal error\"}}",
        body(fetch(FakeHttpRequest.get(ORIGIN + "/crash"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "path", "GET", "GET/path", "get /path", "GET  x /path", "/a b", "/_lunora/x"})
  void routesOfAnotherFormAreRefusedAtTheStart(String name) {
    Route route = (request, params, h) -> HttpResponse.text(200, "");
    worker.route(name, route);
    LunoraException refusal = assertThrows(LunoraException.class, worker::edge);
    assertEquals("MISCONFIGURED", refusal.code());
  }

  @Test
  void contradictingSettingsAreRefusedAtTheStart() {
    worker.security(SecuritySettings.DEFAULT.withAllowedOrigins(List.of("*")).withCredentials());
    assertThrows(LunoraException.class, worker::edge);
  }

  @Test
  void theAppsCodeSeesNoHeadersThatOnlyTheWorkerSets() {
    worker.route(
        "/seen",
        (request, params, h) ->
            text(request.header("x-lunora-userid") + " " + request.header("x-lunora-client-id")));
    FakeHttpRequest forged =
        FakeHttpRequest.get(ORIGIN + "/seen")
            .header("x-lunora-userid", "root")
            .header("x-lunora-client-id", "c1");
    assertEquals("null c1", body(fetch(forged)));
  }

  @Test
  void aBodyThatIsAnnouncedTooLargeIsNotRead() {
    worker.auth("/api/auth", (request, h) -> HttpResponse.text(200, "read"));
    for (String path : List.of("/api/auth/x", "/_lunora/rpc")) {
      FakeHttpRequest request =
          FakeHttpRequest.post(ORIGIN + path, "{}").header("content-length", "1048577");
      assertTrue(body(fetch(request)).contains("PAYLOAD_TOO_LARGE"), path);
    }
  }

  @Test
  void javaScriptsOptionsGoBeforeJavas() {
    worker.authenticate((request, h) -> Optional.of(new Identity("java", noClaims())));
    HttpResponse answer = inner(worker.open(new Script()).fetch(who("ann"), host));
    assertEquals("{\"result\":\"script\"}", body(answer));
    assertTrue(body(worker.open(new Script()).fetch(who("bea"), host)).contains("FORBIDDEN_SHARD"));
    assertTrue(body(worker.edge().fetch(who("ann"), host)).contains("FORBIDDEN_SHARD"));
  }

  /** A JavaScript author's options. */
  private static final class Script implements EdgeOptions {

    @Override
    public @Nullable IdentitySource resolveIdentity() {
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put("userId", new Value.Str("script"));
      fields.put("role", new Value.Str("admin"));
      return (request, h) -> new Value.Obj(fields);
    }

    @Override
    public @Nullable ShardGate authorizeShard() {
      return (identity, shardKey) ->
          shardKey.equals("ann") && identity.toString().contains("admin");
    }
  }

  @Test
  void aServerCallIsAnsweredAsOverHttpAndNeverThrows() {
    FakeHttpRequest page = FakeHttpRequest.get(ORIGIN + "/page");
    assertEquals("{\"result\":\"nobody\"}", body(server(page, call("system:who", null))));
    assertTrue(body(server(page, call("system:who", "room"))).contains("FORBIDDEN_SHARD"));
    assertTrue(body(server(page, call(null, null))).contains("BAD_REQUEST"));
    assertTrue(body(server(page, call("no:such", null))).contains("FUNCTION_NOT_FOUND"));
    shards.cutOff("__root__");
    assertTrue(body(server(page, call("system:who", null))).contains("SHARD_UNAVAILABLE"));
  }

  @Test
  void cronsOfOneExpressionRunInOrderWhateverFails() {
    List<String> ran = new ArrayList<>();
    worker
        .cron("* * * * *", (event, h) -> ran.add("first"))
        .cron(
            "* * * * *",
            (event, h) -> {
              throw new IllegalStateException("second");
            })
        .cron("* * * * *", (event, h) -> ran.add("third"))
        .cron("0 * * * *", (event, h) -> ran.add("other"));
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> worker.edge().scheduled(new CronEvent("* * * * *", 0), host));
    assertEquals("second", failure.getMessage());
    assertEquals(List.of("first", "third"), ran);
    worker.edge().scheduled(new CronEvent("unknown", 0), host);
    assertEquals(1, host.log().lines(LogSink.Level.WARN).size());
    assertEquals(
        List.of(new Need.CronTrigger("* * * * *"), new Need.CronTrigger("0 * * * *")),
        worker.needs());
  }

  private static FakeHttpRequest who(String shardKey) {
    return FakeHttpRequest.post(
        ORIGIN + "/_lunora/rpc",
        "{\"functionPath\":\"system:who\",\"shardKey\":\"" + shardKey + "\"}");
  }

  private HttpResponse server(FakeHttpRequest page, ServerCall call) {
    return inner(worker.edge().serverCall(page, call, host));
  }

  private static ServerCall call(@Nullable String path, @Nullable String shardKey) {
    return new ServerCall() {
      @Override
      public @Nullable String functionPath() {
        return path;
      }

      @Override
      public Value args() {
        return noClaims();
      }

      @Override
      public @Nullable String shardKey() {
        return shardKey;
      }
    };
  }

  private static Value.Obj noClaims() {
    return new Value.Obj(Map.of());
  }

  private static HttpResponse text(String text) {
    return HttpResponse.text(200, text);
  }

  private HttpResponse fetch(FakeHttpRequest request) {
    return inner(worker.edge().fetch(request, host));
  }

  private static HttpResponse inner(HttpResponse answer) {
    return answer instanceof FakeForeign foreign ? foreign.inner() : answer;
  }

  private static String body(HttpResponse answer) {
    HttpResponse inner = inner(answer);
    return inner instanceof HttpResponse.Json json
        ? json.body().toString()
        : ((HttpResponse.Plain) inner).body();
  }
}
