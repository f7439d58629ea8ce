package lunora.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.api.AppBuilder;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.ShapeDescriptor;
import lunora.api.ShapeOf;
import lunora.auth.Caller;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Table;
import lunora.shape.ShapeResolver;
import lunora.store.TableLayout;
import lunora.testkit.FakeGlobalDatabase;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeSocket;
import lunora.wire.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mutations over global tables that others get in the way of, and what no global table has. */
class GlobalTablesTest {

  record Counter(double n) {}

  private static final Field<Counter, Double> N = Field.of("n", Codecs.DOUBLE, Counter::n);
  private static final Table<Counter> COUNTERS =
      Table.<Counter>named("counters").field(N).global().construct(row -> new Counter(row.get(N)));

  private final FakeGlobalDatabase database = new FakeGlobalDatabase();
  private int inTheWay;
  private int runs;
  private Runnable meanwhile = () -> {};

  private final FunctionDescriptor.OfGlobalMutation<Double> add =
      FunctionDescriptor.named("counters:add")
          .returns(Codecs.DOUBLE)
          .globalMutation(
              (ctx, args) -> {
                runs++;
                meanwhile.run();
                List<Doc<Counter>> rows = ctx.table(COUNTERS).all().take(1);
                if (rows.isEmpty()) {
                  ctx.table(COUNTERS).insert(new Counter(1));
                  return 1.0;
                }
                double next = rows.get(0).value().n() + 1;
                ctx.table(COUNTERS).patch(rows.get(0).id(), N.set(next));
                if (inTheWay > 0) {
                  inTheWay--;
                  bySomebodyElse(rows.get(0).value().n() + 10);
                }
                return next;
              });

  private final FunctionDescriptor.OfGlobalQuery<Integer> count =
      FunctionDescriptor.named("counters:count")
          .returns(Codecs.INT)
          .globalQuery((ctx, args) -> ctx.table(COUNTERS).all().count());

  private final FunctionDescriptor.OfAction<Double> twice =
      FunctionDescriptor.named("counters:twice")
          .returns(Codecs.DOUBLE)
          .action(
              (ctx, args) -> {
                Double first = ctx.run(FunctionCall.of(add).build());
                Double second = ctx.run(FunctionCall.of(add).build());
                return first + second;
              });

  private final TestBackend backend = TestBackend.of(app().build());

  private AppBuilder app() {
    return AppModule.create().table(COUNTERS).globalQuery(count).globalMutation(add).action(twice);
  }

  private void bySomebodyElse(double n) {
    database
        .start(FakeGlobalDatabase.Start.PRIMARY)
        .execute("UPDATE \"counters\" SET \"_doc\" = json_set(\"_doc\", '$.n', ?)", n);
  }

  @BeforeEach
  void migrate() {
    TableLayout.statements(COUNTERS)
        .forEach(sql -> database.start(FakeGlobalDatabase.Start.PRIMARY).execute(sql));
    backend.bindDatabase("DB", database);
  }

  @AfterEach
  void close() {
    backend.close();
    database.close();
  }

  @Test
  void aMutationThatOthersGotInTheWayOfRunsAgainOnWhatTheyLeft() {
    assertEquals(1, add());
    inTheWay = 3;
    runs = 0;
    assertEquals(32, add());
    assertEquals(4, runs);
  }

  @Test
  void itsCallerIsToldWhenItNeverGetsThrough() {
    add();
    inTheWay = 100;
    runs = 0;
    assertEquals("CONFLICT", assertThrows(LunoraException.class, this::add).code());
    assertEquals(8, runs);
    inTheWay = 0;
    assertEquals(82, add());
  }

  @Test
  void oneThatIsSentAgainWhileItRunsIsNotRunTwice() {
    List<TestResponse> again = new ArrayList<>();
    meanwhile =
        () -> {
          meanwhile = () -> {};
          again.add(send());
        };
    assertEquals("{\"result\":1,\"commitCursor\":0}", send().body());
    assertEquals("SHARD_UNAVAILABLE", again.get(0).refusal().code());
    assertEquals("{\"result\":1,\"commitCursor\":0}", send().body(), "the answer it had");
    assertEquals(1, runs);
    assertEquals(2, add());
  }

  private TestResponse send() {
    return backend.fetch(
        FakeHttpRequest.post(
                TestBackend.ORIGIN + "/_lunora/rpc", "{\"functionPath\":\"counters:add\"}")
            .header("x-lunora-mutation-id", "m")
            .header("x-lunora-client-id", "c"));
  }

  @Test
  void aBoardThatIsOutOfReachForAMomentIsAskedAgain() {
    add();
    backend.registries().cutOff("__lunora_board__:counters");
    FakeSocket socket = backend.connect().socket();
    backend
        .shardOf("__root__")
        .message(
            socket,
            "{\"type\":\"subscribe\",\"id\":\"s\",\"query\":{\"functionPath\":\"counters:count\"}}");
    backend.registries().reconnect("__lunora_board__:counters");
    backend.advance(1_000);
    List<String> frames = socket.drain();
    assertTrue(frames.get(frames.size() - 1).contains("\"data\":1,"), frames::toString);
  }

  @Test
  void anActionRunsThem() {
    assertEquals(3, backend.action(FunctionCall.of(twice).build()));
  }

  @Test
  void aDatabaseThatIsAwayFailsTheCallWithACodeAndNothingIsHalfDone() {
    add();
    database.breakDown();
    runs = 0;
    assertEquals("RPC_FAILED", assertThrows(LunoraException.class, this::add).code());
    assertEquals(1, runs, "a write that may have happened is not repeated");
    database.mend();
    assertEquals(2, add());
  }

  @Test
  void noShapeHasRowsOfAGlobalTable() {
    ShapeDescriptor<Counter> shape =
        ShapeDescriptor.named("counted").shape((ctx, args) -> ShapeOf.rows(COUNTERS));
    ShapeResolver shapes = new ShapeResolver(app().shape(shape).build());
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> shapes.resolve("counted", new Value.Obj(Map.of()), Caller.ANONYMOUS));
    assertTrue(String.valueOf(refusal.getMessage()).contains("counters is global"));
  }

  private double add() {
    return backend.mutation(FunctionCall.of(add).build());
  }
}
