package lunora.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import lunora.TestApp;
import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.host.inbound.HttpResponse;
import lunora.query.TableMarks;
import lunora.rpc.RpcResponses;
import lunora.schema.Codecs;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.wire.JsonText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is given again is the one that another run would give. */
class KnownAnswersTest {

  private static final AtomicInteger RUNS = new AtomicInteger();

  private static final FunctionDescriptor.OfQuery<Double> CHANCE =
      FunctionDescriptor.named("ask:chance")
          .returns(Codecs.DOUBLE)
          .query((ctx, args) -> ctx.random());

  private static final FunctionDescriptor.OfQuery<Double> TIME =
      FunctionDescriptor.named("ask:time")
          .returns(Codecs.DOUBLE)
          .query((ctx, args) -> (double) ctx.now().toEpochMilli());

  private static final FunctionDescriptor.OfQuery<Integer> LOGGED =
      FunctionDescriptor.named("ask:logged")
          .returns(Codecs.INT)
          .query(
              (ctx, args) -> {
                ctx.log().info("asked");
                return RUNS.incrementAndGet();
              });

  private static final FunctionDescriptor.OfQuery<Integer> COUNTED =
      FunctionDescriptor.named("ask:counted")
          .returns(Codecs.INT)
          .query(
              (ctx, args) -> {
                ctx.table(TestApp.COUNTERS).all().collect();
                return RUNS.incrementAndGet();
              });

  private static final AppModule APP =
      AppModule.create()
          .include(TestApp.module())
          .query(CHANCE)
          .query(TIME)
          .query(LOGGED)
          .query(COUNTED)
          .build();

  private final FakeShardHost host = FakeShardHost.inMemory("__root__");
  private final FakeShard shard =
      new FakeShard(host, (h, background) -> new ShardActor(h, background, APP));

  @AfterEach
  void close() {
    shard.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whateverIsWrittenTheAnswerIsThatOfAFreshRun(long seed) {
    Random random = new Random(seed);
    List<String> ids = new ArrayList<>();
    ids.add("missing");
    for (int step = 0; step < 600; step++) {
      String id = ids.get(random.nextInt(ids.size()));
      if (random.nextInt(3) == 0) {
        write(random, id, ids);
      }
      String query = query(random, id);
      // Another text of the same call is not known: it is run.
      String fresh = answer(query + " ".repeat(step + 1));
      assertEquals(fresh, answer(query), "step " + step + ": " + query);
      assertEquals(fresh, answer(query), "step " + step + " again: " + query);
    }
  }

  private void write(Random random, String id, List<String> ids) {
    String args = "{\"name\":\"n" + random.nextInt(3) + "\",\"by\":1}";
    switch (random.nextInt(6)) {
      case 0 -> answer(call("messages:remove", "{\"id\":\"" + id + "\"}"));
      case 1 ->
          answer(
              call("messages:edit", "{\"id\":\"" + id + "\",\"body\":\"e" + args.length() + "\"}"));
      case 2 -> answer(call("counters:add", args));
      case 3 -> answer(call("counters:addThenFail", args));
      case 4 -> shard.hibernate();
      default -> {
        String sent =
            answer(
                call(
                    "messages:send",
                    "{\"channel\":\"c"
                        + random.nextInt(3)
                        + "\",\"author\":\"a\",\"body\":\"b\"}"));
        ids.add(sent.substring("{\"result\":\"".length(), sent.length() - 2));
      }
    }
  }

  private static String query(Random random, String id) {
    return switch (random.nextInt(4)) {
      case 0 -> call("messages:get", "{\"id\":\"" + id + "\"}");
      case 1 -> call("counters:get", "{\"name\":\"n" + random.nextInt(3) + "\"}");
      case 2 ->
          call(
              "messages:page",
              "{\"channel\":\"c" + random.nextInt(3) + "\",\"cursor\":null,\"numItems\":2}");
      default -> call("messages:list", "{\"channel\":\"c" + random.nextInt(3) + "\",\"limit\":3}");
    };
  }

  @Test
  void aQueryRunsOnceUntilATableItReadIsWritten() {
    String counted = call("ask:counted", "{}");
    String first = answer(counted);
    assertEquals(first, answer(counted));
    answer(call("messages:send", "{\"channel\":\"c\",\"author\":\"a\",\"body\":\"b\"}"));
    assertEquals(first, answer(counted));
    answer(call("counters:add", "{\"name\":\"n\",\"by\":1}"));
    assertNotEquals(first, answer(counted));
  }

  @Test
  void whatIsNotTheSameForTheNextIsNotKept() {
    for (String path : List.of("ask:chance", "ask:logged")) {
      String call = call(path, "{}");
      assertNotEquals(answer(call), answer(call), path);
    }
    String time = call("ask:time", "{}");
    String before = answer(time);
    host.clock().advance(5);
    assertNotEquals(before, answer(time));
  }

  @Test
  void anAnswerForOneUserIsNotAnothers() {
    String who = call("system:who", "{}");
    assertEquals("{\"result\":\"ann\"}", answer(request(who).header("x-lunora-userid", "ann")));
    assertEquals("{\"result\":\"nobody\"}", answer(who));
    assertEquals("{\"result\":\"bob\"}", answer(request(who).header("x-lunora-userid", "bob")));
  }

  @Test
  void whatOnlyTheSystemMayAskStaysSo() {
    String secret = call("system:secretInternal", "{}");
    assertEquals(
        "{\"result\":\"internal\"}", answer(request(secret).header("x-lunora-system", "1")));
    assertEquals(404, shard.fetch(request(secret)).status());
  }

  @Test
  void anAnswerWithACursorIsMadeAnew() {
    String get = call("counters:get", "{\"name\":\"n\"}");
    assertEquals("{\"result\":0}", answer(get));
    assertEquals(
        "{\"result\":0,\"commitCursor\":0}",
        answer(request(get).header("x-lunora-mutation-id", "m")));
    answer(call("messages:send", "{\"channel\":\"c\",\"author\":\"a\",\"body\":\"b\"}"));
    assertEquals(
        "{\"result\":0,\"commitCursor\":1}",
        answer(request(get).header("x-lunora-mutation-id", "m")));
    assertEquals("{\"result\":0}", answer(get));
  }

  @Test
  void whatWasNotAskedForLongestMakesRoom() {
    KnownAnswers known = new KnownAnswers();
    HttpResponse.Json answer = RpcResponses.json(200, JsonText.of("x".repeat(200_000)));
    int fit = KnownAnswers.TOTAL_UNITS_MAX / 201_100;
    for (int i = 0; i < fit; i++) {
      known.put("call " + i, answer, new TableMarks());
    }
    assertSame(answer, known.find("call 0"));
    known.put("one more", answer, new TableMarks());
    assertNotNull(known.find("one more"));
    assertNotNull(known.find("call 0"));
    assertNull(known.find("call 1"));
    assertNotNull(known.find("call " + (fit - 1)));
  }

  @Test
  void whatIsTooLongIsNotKept() {
    KnownAnswers known = new KnownAnswers();
    HttpResponse.Json answer = RpcResponses.json(200, JsonText.of("{}"));
    String call = "c".repeat(KnownAnswers.CALL_UNITS_MAX + 1);
    known.put(call, answer, new TableMarks());
    assertNull(known.find(call));
    String units = "x".repeat(KnownAnswers.ANSWER_UNITS_MAX);
    known.put("c", RpcResponses.json(200, JsonText.of(units)), new TableMarks());
    assertNull(known.find("c"));
  }

  private String answer(String body) {
    return answer(request(body));
  }

  private String answer(FakeHttpRequest request) {
    return ((HttpResponse.Json) shard.fetch(request)).body().toString();
  }

  private static FakeHttpRequest request(String body) {
    return FakeHttpRequest.post("https://shard.internal/rpc", body);
  }

  private static String call(String path, String args) {
    return "{\"functionPath\":\"" + path + "\",\"args\":" + args + "}";
  }
}
