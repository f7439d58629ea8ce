package lunora.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.TestApp;
import lunora.TestApp.Counter;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.TableWriter;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.LogSink;
import lunora.schema.Codecs;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of function may do, and what a failure leaves behind. */
class CallsTest {

  private static final FunctionDescriptor.OfMutation<Integer> INTERNAL_ADD =
      FunctionDescriptor.internal("inner:add")
          .returns(Codecs.INT)
          .mutation(
              (ctx, args) -> {
                ctx.table(TestApp.COUNTERS).insert(new Counter("inner", 1));
                return 1;
              });

  private static final FunctionDescriptor.OfAction<String> ALL_KINDS =
      FunctionDescriptor.named("act:all")
          .returns(Codecs.STRING)
          .action(
              (ctx, args) -> {
                String secret = ctx.run(FunctionCall.of(TestApp.SECRET).build());
                int added = ctx.run(FunctionCall.of(INTERNAL_ADD).build());
                String who = ctx.run(FunctionCall.of(TestApp.WHO).build());
                return secret + " " + added + " " + who;
              });

  private static final FunctionDescriptor.OfAction<String> HALF =
      FunctionDescriptor.named("act:half")
          .returns(Codecs.STRING)
          .action(
              (ctx, args) -> {
                ctx.run(FunctionCall.of(INTERNAL_ADD).build());
                throw new LunoraException("TEAPOT", 418, "half done")
                    .withHint("drink")
                    .withData(new Value.Num(1));
              });

  /** A query that reaches for a mutation's table. */
  private static final FunctionDescriptor.OfQuery<String> WRITING_QUERY =
      FunctionDescriptor.named("bad:query")
          .returns(Codecs.STRING)
          .query(
              (ctx, args) -> {
                TableWriter<Counter> writer = (TableWriter<Counter>) ctx.table(TestApp.COUNTERS);
                return writer.insert(new Counter("x", 1)).value();
              });

  /** Writes several rows, then an answer that its codec cannot write. */
  private static final FunctionDescriptor.OfMutation<Value> NO_ANSWER =
      FunctionDescriptor.named("bad:answer")
          .returns(Codecs.ANY)
          .mutation(
              (ctx, args) -> {
                ctx.table(TestApp.COUNTERS).insert(new Counter("x", 1));
                return new Value.Url("relative");
              });

  private static final FunctionDescriptor.OfMutation<String> INTERNAL_FAILURE =
      FunctionDescriptor.named("bad:internal")
          .returns(Codecs.STRING)
          .mutation(
              (ctx, args) -> {
                ctx.table(TestApp.COUNTERS).insert(new Counter("x", 1));
                throw new LunoraException(ErrorCode.MISCONFIGURED, "the key is 1234");
              });

  private static final AppModule APP =
      AppModule.create()
          .include(TestApp.module())
          .mutation(INTERNAL_ADD)
          .action(ALL_KINDS)
          .action(HALF)
          .query(WRITING_QUERY)
          .mutation(NO_ANSWER)
          .mutation(INTERNAL_FAILURE)
          .build();

  private final FakeShardHost host = FakeShardHost.inMemory("__root__");
  private final FakeShard shard =
      new FakeShard(host, (h, background) -> new ShardActor(h, background, APP));

  /** Each call has an id of its own: the same one twice would be a replay. */
  private int calls;

  @AfterEach
  void close() {
    shard.close();
  }

  @Test
  void anActionCallsEveryKindInternalOnesToo() {
    assertEquals(
        "{\"result\":\"internal 1 ann\",\"commitCursor\":1}",
        call("act:all", "{}").body().toString());
    assertEquals(1, count("counters"));
  }

  @Test
  void anActionThatFailsKeepsTheMutationsItMade() {
    HttpResponse.Json failed = call("act:half", "{}");
    assertEquals(418, failed.status());
    assertEquals(
        "{\"error\":{\"code\":\"TEAPOT\",\"message\":\"half done\",\"data\":1,\"hint\":\"drink\"}}",
        failed.body().toString());
    assertEquals(1, count("counters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad:answer", "bad:internal", "counters:addThenFail"})
  void aMutationThatFailsLeavesNothingAndTheCursorStays(String path) {
    call("counters:add", "{\"name\":\"a\",\"by\":1}");
    HttpResponse.Json failed = call(path, "{\"name\":\"a\",\"by\":1}");
    assertTrue(failed.status() >= 400);
    assertEquals(1, count("counters"));
    assertEquals(1, count("__lunora_oplog"));
    assertEquals(
        "{\"result\":2,\"commitCursor\":2}",
        call("counters:add", "{\"name\":\"a\",\"by\":1}").body().toString());
    assertEquals(2, count("__lunora_oplog"));
  }

  @Test
  void anInternalErrorKeepsItsCodeAndLosesItsMessage() {
    assertEquals(
        "{\"error\":{\"code\":\"MISCONFIGURED\",\"message\":\"internal error\"}}",
        call("bad:internal", "{}").body().toString());
    assertEquals(1, host.log().lines(LogSink.Level.ERROR).size());
    assertFalse(
        call("counters:addThenFail", "{\"name\":\"a\",\"by\":1}")
            .body()
            .toString()
            .contains("internal"));
    assertEquals(1, host.log().lines(LogSink.Level.ERROR).size());
  }

  @Test
  void aQueryCannotWrite() {
    assertEquals(500, call("bad:query", "{}").status());
    assertEquals(0, count("counters"));
    assertThrows(RuntimeException.class, () -> host.sql().query("DELETE FROM \"__lunora_meta\""));
  }

  @Test
  void theLogHoldsEachWriteInOrder() {
    call("counters:add", "{\"name\":\"a\",\"by\":1}");
    call("counters:add", "{\"name\":\"a\",\"by\":1}");
    var rows = host.sql().query("SELECT seq, op, tbl, doc FROM \"__lunora_oplog\" ORDER BY seq");
    assertEquals(List.of("insert", "update"), List.of(rows.text(0, 1), rows.text(1, 1)));
    assertEquals("counters", rows.text(1, 2));
    assertTrue(rows.text(1, 3).endsWith("\"name\":\"a\",\"value\":2}"), rows.text(1, 3));
  }

  @Test
  void otherPathsOfAShardAreNotFound() {
    assertEquals(404, shard.fetch(FakeHttpRequest.get("https://shard.internal/rpc")).status());
    assertEquals(404, shard.fetch(FakeHttpRequest.post("https://shard.internal/x", "")).status());
    HttpResponse.Json garbage =
        (HttpResponse.Json) shard.fetch(FakeHttpRequest.post("https://shard.internal/rpc", "{"));
    assertEquals(400, garbage.status());
  }

  private int count(String table) {
    return (int) host.sql().query("SELECT count(*) FROM \"" + table + "\"").number(0, 0);
  }

  private HttpResponse.Json call(String path, String args) {
    return (HttpResponse.Json)
        shard.fetch(
            FakeHttpRequest.post(
                    "https://shard.internal/rpc",
                    "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}")
                .header("x-lunora-userid", "ann")
                .header("x-lunora-origin", "https://app.test")
                .header("x-lunora-mutation-id", "m" + ++calls));
  }
}
