package lunora.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import lunora.TestApp;
import lunora.api.Identity;
import lunora.boot.Worker;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.LogSink;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who is an operator. OWASP ASVS 5.0: 4.4.3 and 4.4.4 (dedicated tokens for sockets), 14.2.1 (no
 * secrets in URLs).
 */
class AdminAccessTest {

  private static final String TOKEN = "an admin token that nobody guesses, ever";
  private static final String PLANE = "https://app.test/_lunora/";

  private final Worker worker =
      Worker.of(TestApp.module()).authenticate((request, host) -> user(request));
  private final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(key -> new FakeShard(FakeShardHost.inMemory(key), worker::shard));
  private final FakeWorkerHost host = new FakeWorkerHost(shards).set("LUNORA_ADMIN_TOKEN", TOKEN);

  private static Optional<Identity> user(HttpRequest request) {
    String header = request.header("authorization");
    if (header != null && !header.endsWith("ann")) {
      throw new LunoraException(ErrorCode.UNAUTHENTICATED, "no user has this token");
    }
    return header == null
        ? Optional.empty()
        : Optional.of(new Identity("ann", new Value.Obj(Map.of())));
  }

  @AfterEach
  void close() {
    shards.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer an admin token that nobody guesses, 403",
    "'Bearer an admin token that nobody guesses, ever', 200",
    "'bEaReR an admin token that nobody guesses, ever', 200",
    "'Bearer an admin token that nobody guesses, eves', 403",
    "'Bearer an admin token that nobody guesses, ever!', 403",
    "'Basic an admin token that nobody guesses, ever', 403",
    "'Bearer ', 403",
    "Bearer, 403",
  })
  void theTokenIsTheWholeToken(String header, int status) {
    assertEquals(status, fetch(mint().header("authorization", header)).status());
  }

  @Test
  void withoutATokenNobodyIsLetIn() {
    host.set("LUNORA_ADMIN_TOKEN", " ");
    assertEquals(404, fetch(mint().header("authorization", "Bearer  ")).status());
    assertEquals(404, fetch(mint()).status());
    assertEquals(404, fetch(FakeHttpRequest.get(PLANE + "admin/export")).status());
  }

  @Test
  void aGateLetsInOnlyByTrueAndAThrowIsNoGrant() {
    worker.adminGate((request, h) -> request.header("x-operator") != null);
    assertEquals(200, fetch(mint().header("x-operator", "1")).status());
    assertEquals(403, fetch(mint()).status());
    worker.adminGate(
        (request, h) -> {
          throw new IllegalStateException("the gate's secret");
        });
    assertEquals(403, fetch(mint()).status());
    host.set("LUNORA_ADMIN_TOKEN", "");
    worker.adminGate((request, h) -> true);
    assertTrue(body(fetch(mint())).contains("ADMIN_TOKEN_NOT_CONFIGURED"));
  }

  @Test
  void aMintedTokenOpensSocketsForAMinute() {
    Value.Obj minted = (Value.Obj) Json.read(body(fetch(authorized(mint()))));
    String token = minted.fields().get("token") instanceof Value.Str text ? text.value() : "none";
    assertEquals(new Value.Num(host.clock().nowMs() + 60_000), minted.fields().get("expiresAtMs"));
    assertTrue(token.matches("v1\\.[0-9]+\\.[A-Za-z0-9_-]{43}"), token);
    assertEquals(101, upgrade("?token=" + token).status());
    for (String forged :
        new String[] {
          token + "x",
          token.substring(0, token.length() - 1),
          token.replace("v1.", "v2."),
          token.replaceFirst("\\.[0-9]", ".9"),
          "v1.9999999999999." + token.substring(token.lastIndexOf('.') + 1),
          "v1..x",
          "v1",
          token + "."
        }) {
      assertFalse(opensAsOperator("?token=" + forged), forged);
    }
    host.clock().advance(60_000);
    assertFalse(opensAsOperator("?token=" + token));
  }

  @Test
  void theAdminTokenItselfDoesNotBelongIntoAUrl() {
    String query = "?token=" + TOKEN.replace(" ", "%20");
    assertTrue(body(upgrade(query)).contains("ADMIN_FORBIDDEN"));
    assertEquals(101, fetch(authorized(FakeHttpRequest.upgrade(PLANE + "ws"))).status());
    host.set("LUNORA_REQUIRE_EPHEMERAL_WS_TOKEN", "OFF");
    assertEquals(101, upgrade(query).status());
  }

  @Test
  void theAdminTokenIsNoUsersToken() {
    FakeHttpRequest call = FakeHttpRequest.post(PLANE + "rpc", "{\"functionPath\":\"system:who\"}");
    assertEquals("{\"result\":\"nobody\"}", body(fetch(authorized(call))));
    FakeHttpRequest other =
        FakeHttpRequest.post(PLANE + "rpc", "{\"functionPath\":\"system:who\"}")
            .header("authorization", "Bearer other");
    assertTrue(body(fetch(other)).contains("UNAUTHENTICATED"));
  }

  @Test
  void adminCallsNeedTheToken() {
    String list = "{\"functionPath\":\"__lunora_admin__:listTables\"}";
    assertTrue(body(fetch(FakeHttpRequest.post(PLANE + "rpc", list))).contains("ADMIN_FORBIDDEN"));
    assertTrue(
        body(fetch(authorized(FakeHttpRequest.post(PLANE + "rpc", list))))
            .contains("\"tables\":["));
  }

  @Test
  void aDeploymentCanAskForATokenOfItsOwn() {
    host.set("LUNORA_WS_BEARER", "of the deployment");
    assertTrue(body(upgrade("")).contains("\"FORBIDDEN\""));
    assertTrue(body(upgrade("?token=other")).contains("\"FORBIDDEN\""));
    assertEquals(101, upgrade("?token=of+the+deployment").status());
    assertEquals(101, fetch(authorized(FakeHttpRequest.upgrade(PLANE + "ws"))).status());
  }

  @Test
  void aShortTokenIsGoodOnALocalMachineOnly() {
    FakeWorkerHost weak = new FakeWorkerHost(shards).set("LUNORA_ADMIN_TOKEN", "short");
    WorkerHandler edge = worker.edge();
    FakeHttpRequest away = FakeHttpRequest.get(PLANE + "admin/functions");
    HttpResponse refusal = edge.fetch(away.header("authorization", "Bearer short"), weak);
    assertEquals(403, refusal.status());
    assertTrue(body(refusal).contains("fewer than 32 characters"));
    FakeHttpRequest local = FakeHttpRequest.get("http://127.0.0.1:8787/_lunora/admin/functions");
    assertEquals(200, edge.fetch(local.header("authorization", "Bearer short"), weak).status());
  }

  @Test
  void whoGuessesIsSlowedDownAndWhoKnowsIsNot() {
    WorkerHandler edge = worker.edge();
    int refused = 0;
    for (int n = 0; n < 40; n++) {
      FakeHttpRequest guess = FakeHttpRequest.get(PLANE + "admin/functions");
      HttpResponse answer = edge.fetch(guess.header("authorization", "Bearer " + n), host);
      refused += answer.status() == 429 ? 1 : 0;
    }
    assertEquals(40 - AdminLimits.FAILURES, refused);
    FakeHttpRequest known = authorized(FakeHttpRequest.get(PLANE + "admin/functions"));
    assertEquals(200, edge.fetch(known, host).status());
  }

  @Test
  void operatorsAreLimitedToo() {
    WorkerHandler edge = worker.edge();
    int refused = 0;
    for (int n = 0; n < AdminLimits.CALLS + 10; n++) {
      FakeHttpRequest request = authorized(FakeHttpRequest.get(PLANE + "admin/functions"));
      refused += edge.fetch(request, host).status() == 429 ? 1 : 0;
    }
    assertEquals(10, refused);
  }

  @Test
  void whomTheGateLetsInIsNotTakenForWhoGuesses() {
    WorkerHandler edge = worker.adminGate((request, h) -> true).edge();
    for (int n = 0; n < 2 * AdminLimits.FAILURES; n++) {
      assertEquals(
          200, edge.fetch(FakeHttpRequest.get(PLANE + "admin/functions"), host).status(), "" + n);
    }
  }

  @Test
  void noSecretIsLogged() {
    fetch(mint().header("authorization", "Bearer " + TOKEN + "x"));
    upgrade("?token=" + TOKEN.replace(" ", "%20"));
    for (LogSink.Level level : LogSink.Level.values()) {
      assertFalse(host.log().lines(level).toString().contains(TOKEN));
    }
  }

  /** With a token that is no operator's, the upgrade is one of an anonymous user. */
  private boolean opensAsOperator(String query) {
    int before = shards.shard("__root__").host().sockets().all().size();
    host.set("LUNORA_WS_BEARER", "nobody has this");
    boolean opened = upgrade(query).status() == 101;
    host.set("LUNORA_WS_BEARER", "");
    int after = shards.shard("__root__").host().sockets().all().size();
    assertEquals(opened, after > before);
    return opened;
  }

  private static FakeHttpRequest mint() {
    return FakeHttpRequest.post(PLANE + "admin/ws-token", "");
  }

  private static FakeHttpRequest authorized(FakeHttpRequest request) {
    return request.header("authorization", "Bearer " + TOKEN);
  }

  private HttpResponse upgrade(String query) {
    return fetch(FakeHttpRequest.upgrade(PLANE + "ws" + query));
  }

  private HttpResponse fetch(FakeHttpRequest request) {
    HttpResponse answer = worker.edge().fetch(request, host);
    return answer instanceof FakeForeign foreign ? foreign.inner() : answer;
  }

  private static String body(HttpResponse answer) {
    return answer instanceof HttpResponse.Json json ? json.body().toString() : "";
  }
}
