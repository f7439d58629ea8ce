package lunora.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import lunora.api.AppBuilder;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.api.RowAccess;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.testkit.FakeGlobalDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Row policies of global tables: for reading, writing, counting and watching. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a handler of Void returns null
class GlobalPolicyTest {

  record Bill(String owner, String payer, double amount) {}

  private static final Field<Bill, String> OWNER = Field.of("owner", Codecs.STRING, Bill::owner);
  private static final Field<Bill, String> PAYER = Field.of("payer", Codecs.STRING, Bill::payer);
  private static final Field<Bill, Double> AMOUNT = Field.of("amount", Codecs.DOUBLE, Bill::amount);
  private static final Index<Bill> BY_OWNER = Index.on("by_owner", OWNER);
  private static final Table<Bill> BILLS =
      Table.<Bill>named("bills")
          .field(OWNER)
          .field(PAYER)
          .field(AMOUNT)
          .index(BY_OWNER)
          .rls()
          .global()
          .construct(row -> new Bill(row.get(OWNER), row.get(PAYER), row.get(AMOUNT)));

  private static final Param<String> P_OWNER = Param.of("owner", Codecs.STRING);
  private static final Param<String> P_PAYER = Param.of("payer", Codecs.STRING);
  private static final Param<Double> P_AMOUNT = Param.of("amount", Codecs.DOUBLE);
  private static final Param<Id<Bill>> P_ID = Param.of("id", Codecs.id());

  private static final FunctionDescriptor.OfGlobalQuery<List<Doc<Bill>>> LIST =
      FunctionDescriptor.named("bills:list")
          .returns(Codecs.list(Codecs.doc(BILLS)))
          .globalQuery((ctx, args) -> ctx.table(BILLS).all().collect());
  private static final FunctionDescriptor.OfGlobalQuery<Integer> COUNT =
      FunctionDescriptor.named("bills:count")
          .param(P_OWNER)
          .returns(Codecs.INT)
          .globalQuery(
              (ctx, args) -> ctx.table(BILLS).index(BY_OWNER).eq(OWNER, args.get(P_OWNER)).count());
  private static final FunctionDescriptor.OfGlobalQuery<Boolean> HAS =
      FunctionDescriptor.named("bills:has")
          .param(P_ID)
          .returns(Codecs.BOOLEAN)
          .globalQuery((ctx, args) -> ctx.table(BILLS).get(args.get(P_ID)).isPresent());
  private static final FunctionDescriptor.OfGlobalMutation<Id<Bill>> ADD =
      FunctionDescriptor.named("bills:add")
          .param(P_OWNER)
          .param(P_PAYER)
          .returns(Codecs.<Bill>id())
          .globalMutation(
              (ctx, args) ->
                  ctx.table(BILLS).insert(new Bill(args.get(P_OWNER), args.get(P_PAYER), 1)));
  private static final FunctionDescriptor.OfGlobalMutation<@Nullable Void> PRICE =
      FunctionDescriptor.named("bills:price")
          .param(P_ID)
          .param(P_AMOUNT)
          .globalMutation(
              (ctx, args) -> {
                ctx.table(BILLS).patch(args.get(P_ID), AMOUNT.set(args.get(P_AMOUNT)));
                return null;
              });
  private static final FunctionDescriptor.OfGlobalMutation<@Nullable Void> GIVE =
      FunctionDescriptor.named("bills:give")
          .param(P_ID)
          .param(P_OWNER)
          .globalMutation(
              (ctx, args) -> {
                Optional<Doc<Bill>> bill = ctx.table(BILLS).get(args.get(P_ID));
                Bill old = bill.orElseThrow().value();
                ctx.table(BILLS)
                    .replace(
                        args.get(P_ID), new Bill(args.get(P_OWNER), old.payer(), old.amount()));
                return null;
              });
  private static final FunctionDescriptor.OfGlobalMutation<@Nullable Void> DROP =
      FunctionDescriptor.named("bills:drop")
          .param(P_ID)
          .globalMutation(
              (ctx, args) -> {
                ctx.table(BILLS).delete(args.get(P_ID));
                return null;
              });

  private final FakeGlobalDatabase database = new FakeGlobalDatabase();
  private final TestBackend backend =
      TestBackend.of(
          bills()
              .policy(
                  BILLS,
                  RowAccess.READ,
                  ctx -> OWNER.eq(ctx.user().userId()).or(PAYER.eq(ctx.user().userId())))
              .policy(BILLS, RowAccess.WRITE, ctx -> OWNER.eq(ctx.user().userId()))
              .build());

  private static AppBuilder bills() {
    return AppModule.create()
        .table(BILLS)
        .globalQuery(LIST)
        .globalQuery(COUNT)
        .globalQuery(HAS)
        .globalMutation(ADD)
        .globalMutation(PRICE)
        .globalMutation(GIVE)
        .globalMutation(DROP);
  }

  GlobalPolicyTest() {
    bind(backend);
    TableLayout.statements(BILLS)
        .forEach(sql -> database.start(FakeGlobalDatabase.Start.PRIMARY).execute(sql));
  }

  private void bind(TestBackend other) {
    other.bindDatabase("DB", database);
  }

  @AfterEach
  void close() {
    backend.close();
    database.close();
  }

  private static Id<Bill> add(TestClient owner, String name, String payer) {
    return owner.mutation(FunctionCall.of(ADD).with(P_OWNER, name).with(P_PAYER, payer).build());
  }

  private static int seen(TestClient by) {
    return by.query(FunctionCall.of(LIST).build()).size();
  }

  private static void refused(String code, Executable call) {
    assertEquals(code, assertThrows(LunoraException.class, call).code());
  }

  @Test
  void everybodyReadsAndCountsTheRowsThereAreForHim() {
    TestClient ann = backend.as("ann");
    Id<Bill> shared = add(ann, "ann", "bob");
    Id<Bill> own = add(ann, "ann", "ann");

    assertEquals(2, seen(ann));
    assertEquals(1, seen(backend.as("bob")));
    assertEquals(0, seen(backend.as("eve")));
    refused("UNAUTHENTICATED", () -> backend.query(FunctionCall.of(LIST).build()));
    FunctionCall<Integer> ofAnn = FunctionCall.of(COUNT).with(P_OWNER, "ann").build();
    assertEquals(2, ann.query(ofAnn));
    assertEquals(1, backend.as("bob").query(ofAnn));
    assertEquals(true, backend.as("bob").query(FunctionCall.of(HAS).with(P_ID, shared).build()));
    assertEquals(false, backend.as("bob").query(FunctionCall.of(HAS).with(P_ID, own).build()));
  }

  @Test
  void aRowIsWrittenByWhoMayWriteItBeforeAndAfter() {
    TestClient ann = backend.as("ann");
    TestClient bob = backend.as("bob");
    Id<Bill> shared = add(ann, "ann", "bob");
    Id<Bill> own = add(ann, "ann", "ann");

    refused("FORBIDDEN", () -> add(bob, "ann", "bob"));
    refused("FORBIDDEN", () -> bob.mutation(price(shared)));
    refused("NOT_FOUND", () -> bob.mutation(price(own)));
    refused("FORBIDDEN", () -> bob.mutation(FunctionCall.of(DROP).with(P_ID, shared).build()));
    refused("FORBIDDEN", () -> ann.mutation(give(shared, "bob")));
    refused("FORBIDDEN", () -> bob.mutation(give(shared, "bob")));
    ann.mutation(price(shared));
    assertEquals(7, ann.query(FunctionCall.of(LIST).build()).get(0).value().amount());
    ann.mutation(FunctionCall.of(DROP).with(P_ID, shared).build());
    assertEquals(1, seen(ann));
  }

  private static FunctionCall<@Nullable Void> price(Id<Bill> id) {
    return FunctionCall.of(PRICE).with(P_ID, id).with(P_AMOUNT, 7.0).build();
  }

  private static FunctionCall<@Nullable Void> give(Id<Bill> id, String to) {
    return FunctionCall.of(GIVE).with(P_ID, id).with(P_OWNER, to).build();
  }

  @Test
  void aLiveQueryShowsNobodyElsesRows() {
    TestClient ann = backend.as("ann");
    LiveQuery<List<Doc<Bill>>> anns = ann.subscribe(FunctionCall.of(LIST).build());
    LiveQuery<List<Doc<Bill>>> eves = backend.as("eve").subscribe(FunctionCall.of(LIST).build());
    assertEquals(List.of(), anns.current());
    assertEquals(List.of(), eves.current());

    add(ann, "ann", "bob");
    assertEquals(1, anns.current().size());
    eves.expectNothing();
    assertEquals(List.of(), eves.current());
  }

  @Test
  void whatNoPolicySpeaksOfIsClosed() {
    try (TestBackend closed =
        TestBackend.of(bills().policy(BILLS, RowAccess.READ, ctx -> Predicate.always()).build())) {
      bind(closed);
      assertEquals(0, seen(closed.as("ann")));
      refused("RLS_REQUIRED", () -> add(closed.as("ann"), "ann", "ann"));
    }
    try (TestBackend closed = TestBackend.of(bills().build())) {
      bind(closed);
      refused("RLS_REQUIRED", () -> seen(closed.as("ann")));
    }
  }
}
