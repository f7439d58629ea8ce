package lunora.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.TestApp;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.api.QueryContext;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.shard.ShardActor;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Live queries of one shard: who gets which frame, and what outlives hibernation. */
class LiveShardTest {

  private static final String LIST = "messages:list\",\"args\":{\"channel\":\"general\"}";
  private static final String WHO = "system:who\"";

  /** Public until the counter "secret" is above zero, then each caller's own. */
  private static final FunctionDescriptor.OfQuery<String> MODE =
      FunctionDescriptor.named("mode:view")
          .returns(Codecs.STRING)
          .query(
              (ctx, args) ->
                  counter(ctx, "secret") == 0
                      ? "public"
                      : ctx.auth().map(identity -> identity.userId()).orElse("nobody"));

  /** Fails while "a" is above zero and "b" is not. */
  private static final FunctionDescriptor.OfQuery<String> FRAGILE =
      FunctionDescriptor.named("mode:fragile")
          .returns(Codecs.STRING)
          .query(
              (ctx, args) -> {
                int a = counter(ctx, "a");
                if (a > 0 && counter(ctx, "b") == 0) {
                  throw new LunoraException(ErrorCode.CONFLICT, "b is missing");
                }
                return "a is " + a;
              });

  private static final AppModule APP =
      AppModule.create().include(TestApp.module()).query(MODE).query(FRAGILE).build();

  private final FakeShardHost host = FakeShardHost.inMemory("__root__");
  private final FakeShard shard =
      new FakeShard(host, (h, background) -> new ShardActor(h, background, APP));

  private static int counter(QueryContext ctx, String name) {
    var row = ctx.table(TestApp.COUNTERS).index(TestApp.BY_NAME).eq(TestApp.NAME, name).unique();
    return row.map(Doc::value).map(TestApp.Counter::value).orElse(0);
  }

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void deltasGoToThoseWhoMergeThemAndOnlyWhenShorter() {
    send("general", "one");
    send("general", "two");
    FakeSocket merging = connect("ann", "pageDelta");
    FakeSocket whole = connect("bob");
    subscribe(merging, "s", LIST);
    subscribe(whole, "s", LIST);
    send("general", "three");
    assertEquals(List.of("delta"), types(merging));
    assertEquals(List.of("data"), types(whole));
    String long4000 = "x".repeat(4000);
    send("general", long4000);
    assertEquals(List.of("delta"), types(merging));
    // Every row of a window of one is new: the whole is as short.
    subscribe(merging, "one", "messages:list\",\"args\":{\"channel\":\"general\",\"limit\":1}");
    send("general", "five");
    assertEquals(List.of("delta", "data"), types(merging));
  }

  @Test
  void onlyTheLastDeltaOfARunCarriesTheCursor() {
    for (int i = 0; i < 4; i++) {
      send("general", "some longer text, so that two deltas are shorter than the whole " + i);
    }
    FakeSocket socket = connect("ann", "pageDelta");
    subscribe(socket, "s", "messages:list\",\"args\":{\"channel\":\"general\",\"limit\":4}");
    send("general", "five");
    List<String> run = socket.drain();
    assertEquals(2, run.size(), run::toString);
    assertTrue(run.get(0).contains("\"op\":\"delete\"") && !run.get(0).contains("cursor"));
    assertTrue(run.get(1).contains("\"op\":\"insert\"") && run.get(1).contains("\"cursor\":5"));
  }

  @Test
  void anUntouchedSubscriptionGetsNothingAndAnEqualResultSettles() {
    String id = send("general", "one");
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", LIST);
    call("counters:add", "{\"name\":\"a\",\"by\":1}");
    assertEquals(List.of(), types(socket));
    call("messages:edit", "{\"id\":" + id + ",\"body\":\"one\"}");
    assertEquals(List.of("settled"), types(socket));
  }

  @Test
  void afterAFailedSendTheNextPushIsWhole() {
    for (int i = 0; i < 3; i++) {
      send("general", "m" + i);
    }
    FakeSocket socket = connect("ann", "pageDelta");
    subscribe(socket, "s", LIST);
    socket.failSends(1);
    String id = send("general", "lost");
    assertEquals(List.of(), types(socket));
    call("messages:edit", "{\"id\":" + id + ",\"body\":\"lost\"}");
    assertEquals(List.of("data"), types(socket));
    send("general", "next");
    assertEquals(List.of("delta"), types(socket));
  }

  @Test
  void aRunOfDeltasEndsWithTheFirstThatIsNotTaken() {
    for (int i = 0; i < 4; i++) {
      send("general", "some longer text, so that two deltas are shorter than the whole " + i);
    }
    FakeSocket losing = connect("ann", "pageDelta");
    FakeSocket whole = connect("bob", "pageDelta");
    for (FakeSocket socket : List.of(losing, whole)) {
      subscribe(socket, "s", "messages:list\",\"args\":{\"channel\":\"general\",\"limit\":4}");
    }
    losing.failSends(1);
    send("general", "five");
    assertEquals(List.of("delta", "delta"), types(whole));
    assertEquals(List.of(), types(losing), "its cursor would speak for a delta that was lost");
    send("general", "six");
    assertEquals(List.of("data"), types(losing));
  }

  @Test
  void identicalQueriesRunOncePerFlush() {
    for (int i = 0; i < 10; i++) {
      subscribe(connect(i % 2 == 0 ? "ann" : "bob"), "s" + i, LIST);
    }
    host.sql().resetStatements();
    send("general", "one");
    long reads =
        host.sql().statements().stream()
            .filter(sql -> sql.startsWith("SELECT") && sql.contains("FROM \"messages\""))
            .filter(sql -> sql.contains("\"channel\" IS ?"))
            .count();
    assertEquals(1, reads, () -> host.sql().statements().toString());
  }

  @Test
  void aBurstOfWritesIsOneFlush() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", LIST);
    host.deferred().hold();
    send("general", "one");
    send("general", "two");
    assertEquals(List.of(), types(socket));
    host.deferred().run();
    List<String> frames = socket.drain();
    assertEquals(1, frames.size());
    assertTrue(frames.get(0).contains("\"cursor\":2"), frames::toString);
  }

  @Test
  void whatDependsOnTheCallerIsNotShared() {
    FakeSocket ann = connect("ann");
    FakeSocket bob = connect("bob");
    assertTrue(subscribe(ann, "s", WHO).contains("\"data\":\"ann\""));
    assertTrue(subscribe(bob, "s", WHO).contains("\"data\":\"bob\""));
    assertEquals(2, count("__lunora_live_query"));
    subscribe(ann, "l", LIST);
    subscribe(bob, "l", LIST);
    assertEquals(3, count("__lunora_live_query"));
  }

  @Test
  void aSharedQueryThatComesToAskWhoIsCallingPartsWays() {
    FakeSocket ann = connect("ann");
    FakeSocket bob = connect("bob");
    assertTrue(subscribe(ann, "s", "mode:view\"").contains("\"data\":\"public\""));
    assertTrue(subscribe(bob, "s", "mode:view\"").contains("\"data\":\"public\""));
    assertEquals(1, count("__lunora_live_query"));
    call("counters:add", "{\"name\":\"secret\",\"by\":1}");
    assertEquals("\"ann\"", dataOf(ann));
    assertEquals("\"bob\"", dataOf(bob));
    assertEquals(2, count("__lunora_live_query"));
    call("counters:add", "{\"name\":\"secret\",\"by\":-1}");
    assertEquals("\"public\"", dataOf(ann));
    assertEquals("\"public\"", dataOf(bob));
  }

  @Test
  void partingWaysAfterHibernationToo() {
    FakeSocket ann = connect("ann");
    FakeSocket bob = connect("bob");
    subscribe(ann, "s", "mode:view\"");
    subscribe(bob, "s", "mode:view\"");
    shard.hibernate();
    call("counters:add", "{\"name\":\"secret\",\"by\":1}");
    assertEquals("\"ann\"", dataOf(ann));
    assertEquals("\"bob\"", dataOf(bob));
  }

  @Test
  void aFailingQueryKeepsWhatItHasAndComesBack() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", "mode:fragile\"");
    subscribe(socket, "l", LIST);
    call("counters:add", "{\"name\":\"a\",\"by\":1}");
    assertEquals(List.of(), types(socket));
    assertFalse(host.log().lines(LogSink.Level.ERROR).isEmpty());
    call("counters:add", "{\"name\":\"b\",\"by\":1}");
    assertEquals("\"a is 1\"", dataOf(socket));
  }

  @Test
  void aFailingQueryComesBackAfterHibernationToo() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", "mode:fragile\"");
    call("counters:add", "{\"name\":\"a\",\"by\":1}");
    shard.hibernate();
    call("counters:add", "{\"name\":\"b\",\"by\":1}");
    assertEquals("\"a is 1\"", dataOf(socket));
  }

  @Test
  void theRegistryIsCleanedWhenAClientLeaves() {
    FakeSocket ann = connect("ann");
    FakeSocket bob = connect("bob");
    subscribe(ann, "a", LIST);
    subscribe(bob, "b", LIST);
    subscribe(bob, "w", WHO);
    assertEquals(3, count("__lunora_subscription"));
    shard.message(bob, "{\"type\":\"unsubscribe\",\"id\":\"w\"}");
    assertEquals(List.of("ack"), types(bob));
    assertEquals(2, count("__lunora_subscription"));
    shard.disconnect(bob);
    assertEquals(1, count("__lunora_subscription"));
    assertEquals(1, count("__lunora_live_query"));
    ann.drop();
    connect("cid");
    shard.hibernate();
    send("general", "nobody hears");
    assertEquals(0, count("__lunora_subscription"));
    assertEquals(0, count("__lunora_live_query"));
  }

  @Test
  void aDisconnectRightAfterHibernationIsHeard() {
    FakeSocket ann = connect("ann");
    subscribe(ann, "a", LIST);
    FakeSocket bob = connect("bob");
    shard.hibernate();
    shard.disconnect(ann);
    assertEquals(0, count("__lunora_subscription"));
    send("general", "x");
    assertEquals(List.of(), types(bob));
  }

  @Test
  void theSameIdAgainReplacesTheSubscription() {
    FakeSocket socket = connect("ann");
    subscribe(socket, "s", LIST);
    subscribe(socket, "s", WHO);
    send("general", "one");
    assertEquals(List.of(), types(socket));
    assertEquals(1, count("__lunora_subscription"));
  }

  @Test
  void aResumeIsGrantedOnlyWhenNothingChanged() {
    send("general", "one");
    String seed = subscribe(connect("ann"), "s", LIST);
    String epoch = ((Value.Str) field(seed, "epoch")).value();
    assertEquals("resume", resume(LIST, 1, epoch));
    assertEquals("data", resume(LIST, 1, "another"));
    assertEquals("data", resume(LIST, 0, epoch));
    assertEquals("data", resume(LIST, 0.5, epoch));
    assertEquals("data", resume(LIST, -1, epoch));
    call("counters:add", "{\"name\":\"a\",\"by\":1}");
    assertEquals("resume", resume(LIST, 1, epoch));
    assertEquals("resume", resume(LIST, 2, epoch));
    send("general", "two");
    assertEquals("data", resume(LIST, 2, epoch));
    host.sql().execute("DELETE FROM \"__lunora_oplog\" WHERE seq < 3");
    assertEquals("data", resume("counters:get\",\"args\":{\"name\":\"a\"}", 1, epoch));
    assertEquals("resume", resume("counters:get\",\"args\":{\"name\":\"a\"}", 2, epoch));
  }

  @Test
  void aCursorFromTheFutureStartsANewEpochOnce() {
    String epoch = ((Value.Str) field(subscribe(connect("ann"), "s", LIST), "epoch")).value();
    assertEquals("data", resume(LIST, 99, epoch));
    String renewed = ((Value.Str) field(subscribe(connect("ann"), "s", LIST), "epoch")).value();
    assertFalse(renewed.equals(epoch));
    assertEquals("data", resume(LIST, 99, renewed));
    String still = ((Value.Str) field(subscribe(connect("ann"), "s", LIST), "epoch")).value();
    assertEquals(renewed, still);
  }

  @Test
  void whatDependsOnNoTableOrOnTheCallerIsNotResumed() {
    String epoch = ((Value.Str) field(subscribe(connect("ann"), "s", WHO), "epoch")).value();
    assertEquals("data", resume(WHO, 0, epoch));
    call("counters:add", "{\"name\":\"secret\",\"by\":1}");
    subscribe(connect("ann"), "s", "mode:view\"");
    assertEquals("data", resume("mode:view\"", 1, epoch));
  }

  @Test
  void malformedFramesAreRefusedAndTheSocketLives() {
    FakeSocket socket = connect("ann");
    for (String frame : List.of("", "{", "[]", "null", "1", "x".repeat(1_048_577))) {
      shard.message(socket, frame);
      assertEquals(List.of("error"), types(socket));
    }
    shard.message(socket, "{\"type\":\"unknown\"}");
    assertEquals(List.of(), types(socket));
    shard.message(socket, "{\"type\":\"subscribe\",\"id\":\"s\",\"query\":{}}");
    assertTrue(socket.drain().get(0).contains("BAD_SUBSCRIPTION_ARGS"));
    assertTrue(subscribe(socket, "m", "no:such\"").contains("FUNCTION_NOT_FOUND"));
    assertTrue(subscribe(socket, "m", "system:secretInternal\"").contains("FUNCTION_NOT_FOUND"));
    assertTrue(subscribe(socket, "m", "messages:send\"").contains("FUNCTION_NOT_FOUND"));
    assertTrue(subscribe(socket, "m", "messages:list\"").contains("VALIDATION_ERROR"));
    assertEquals(0, count("__lunora_subscription"));
    subscribe(socket, "s", LIST);
    send("general", "one");
    assertEquals(List.of("data"), types(socket));
  }

  private FakeSocket connect(String user, String... caps) {
    FakeSocket socket =
        shard.connect(
            FakeHttpRequest.upgrade("https://shard.internal/_lunora/ws")
                .header("x-lunora-userid", user));
    String announced = caps.length == 0 ? "" : "\"" + String.join("\",\"", caps) + "\"";
    shard.message(socket, "{\"type\":\"connect\",\"id\":\"connect\",\"caps\":[" + announced + "]}");
    return socket;
  }

  /** Subscribes and gives the frame after the ack. */
  private String subscribe(FakeSocket socket, String id, String query) {
    shard.message(
        socket,
        "{\"type\":\"subscribe\",\"id\":\""
            + id
            + "\",\"query\":{\"functionPath\":\""
            + query
            + "}}");
    List<String> frames = socket.drain();
    return frames.get(frames.size() - 1);
  }

  private String resume(String query, double cursor, String epoch) {
    String since = ",\"sinceSeq\":" + cursor + ",\"sinceEpoch\":\"" + epoch + "\"";
    return ((Value.Str) field(subscribe(connect("ann"), "s", query + since), "type")).value();
  }

  private static List<String> types(FakeSocket socket) {
    return socket.drain().stream()
        .map(frame -> ((Value.Str) field(frame, "type")).value())
        .toList();
  }

  private static String dataOf(FakeSocket socket) {
    List<String> frames = socket.drain();
    assertEquals(1, frames.size(), frames::toString);
    String frame = frames.get(0);
    int start = frame.indexOf("\"data\":") + "\"data\":".length();
    return frame.substring(start, frame.indexOf(",\"cursor\""));
  }

  private static Value field(String frame, String name) {
    Value value = ((Value.Obj) Json.read(frame)).fields().get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + frame);
    }
    return value;
  }

  private int count(String table) {
    return (int) host.sql().query("SELECT count(*) FROM \"" + table + "\"").number(0, 0);
  }

  private String send(String channel, String body) {
    String args = "{\"channel\":\"" + channel + "\",\"author\":\"ann\",\"body\":\"" + body + "\"}";
    return call("messages:send", args);
  }

  /** Calls a function and gives the JSON of its result. */
  private String call(String path, String args) {
    HttpResponse.Json answer =
        (HttpResponse.Json)
            shard.fetch(
                FakeHttpRequest.post(
                    "https://shard.internal/rpc",
                    "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}"));
    String body = answer.body().toString();
    assertEquals(200, answer.status(), body);
    return body.substring("{\"result\":".length(), body.length() - 1);
  }
}
