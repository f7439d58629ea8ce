package lunora.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.api.AppBuilder;
import lunora.api.AppModule;
import lunora.api.FunctionCall;
import lunora.api.FunctionDescriptor;
import lunora.api.RowAccess;
import lunora.error.LunoraException;
import lunora.schema.Codecs;
import lunora.schema.Field;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.test.VaultApp.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is denied without a policy, and to whom policies do not apply. */
@SuppressWarnings("NullAway") // on JDK 17 it does not see that a handler of Void returns null
class PolicyTest {

  record Line(String text) {}

  private static final Field<Line, String> TEXT = Field.of("text", Codecs.STRING, Line::text);
  private static final Table<Line> LINES =
      Table.<Line>named("lines").field(TEXT).rls().construct(row -> new Line(row.get(TEXT)));
  private static final Table<Line> OPEN =
      Table.<Line>named("open").field(TEXT).construct(row -> new Line(row.get(TEXT)));

  private static final FunctionDescriptor.OfQuery<Integer> COUNT =
      FunctionDescriptor.named("lines:count")
          .returns(Codecs.INT)
          .query((ctx, args) -> ctx.table(LINES).all().count());

  private static final FunctionDescriptor.OfMutation<@Nullable Void> ADD =
      FunctionDescriptor.named("lines:add")
          .mutation(
              (ctx, args) -> {
                ctx.table(LINES).insert(new Line("x"));
                return null;
              });

  private static final FunctionDescriptor.OfQuery<Integer> INNER =
      FunctionDescriptor.internal("lines:inner")
          .returns(Codecs.INT)
          .query((ctx, args) -> ctx.table(LINES).all().count());

  /** Calls an internal function, which sees what its caller may see. */
  private static final FunctionDescriptor.OfAction<Integer> COUNT_BY_ACTION =
      FunctionDescriptor.named("lines:countByAction")
          .returns(Codecs.INT)
          .action((ctx, args) -> ctx.run(FunctionCall.of(INNER).build()));

  private static AppBuilder lines() {
    return AppModule.create().table(LINES).query(COUNT).mutation(ADD);
  }

  @Test
  void aGuardedTableWithoutPoliciesIsClosed() {
    try (TestBackend backend = TestBackend.of(lines().build())) {
      assertRefused("RLS_REQUIRED", () -> backend.as("ann").query(call(COUNT)));
      assertRefused("RLS_REQUIRED", () -> backend.as("ann").mutation(call(ADD)));
      assertRefused("RLS_REQUIRED", () -> backend.subscribe(call(COUNT)));
    }
  }

  @Test
  void aPolicyForReadingAllowsNoWriting() {
    AppModule app = lines().policy(LINES, RowAccess.READ, ctx -> Predicate.always()).build();
    try (TestBackend backend = TestBackend.of(app)) {
      assertEquals(0, backend.query(call(COUNT)));
      assertRefused("RLS_REQUIRED", () -> backend.as("ann").mutation(call(ADD)));
    }
  }

  @Test
  void theSystemIsNotRestrictedButAnActionIsItsCaller() {
    AppModule app =
        lines()
            .policy(LINES, RowAccess.READ_WRITE, ctx -> TEXT.eq(ctx.user().userId()))
            .onShardInit("lines:seed", (ctx, event) -> ctx.table(LINES).insert(new Line("ann")))
            .query(INNER)
            .action(COUNT_BY_ACTION)
            .build();
    try (TestBackend backend = TestBackend.of(app)) {
      assertEquals(1, backend.as("ann").action(FunctionCall.of(COUNT_BY_ACTION).build()));
      assertEquals(0, backend.as("bob").action(FunctionCall.of(COUNT_BY_ACTION).build()));
      assertRefused(
          "UNAUTHENTICATED", () -> backend.action(FunctionCall.of(COUNT_BY_ACTION).build()));
    }
  }

  @Test
  void onePolicyForEachAccessOfATable() {
    AppModule twice =
        lines()
            .policy(LINES, RowAccess.READ, ctx -> Predicate.always())
            .policy(LINES, RowAccess.READ_WRITE, ctx -> Predicate.always())
            .build();
    assertThrows(IllegalArgumentException.class, () -> PolicyCheck.of(twice));
    AppModule foreign = lines().policy(OPEN, RowAccess.READ, ctx -> Predicate.always()).build();
    assertThrows(IllegalArgumentException.class, () -> PolicyCheck.of(foreign));
  }

  @Test
  void aPolicyIsCheckedWithoutABackend() {
    PolicyCheck policies = PolicyCheck.of(VaultApp.module());
    Secret shared = new Secret("ann", "bob", "psst");
    assertTrue(policies.as("bob").reads(VaultApp.TABLE, shared));
    assertFalse(policies.as("bob").writes(VaultApp.TABLE, shared));
    assertTrue(policies.as("ann").writes(VaultApp.TABLE, shared));
    for (String user : List.of("cy", "")) {
      assertFalse(policies.as(user).reads(VaultApp.TABLE, shared));
    }
    assertRefused("UNAUTHENTICATED", () -> policies.reads(VaultApp.TABLE, shared));
  }

  private static <R> FunctionCall<R> call(FunctionDescriptor<R> function) {
    return FunctionCall.of(function).build();
  }

  private static void assertRefused(String code, Executable call) {
    assertEquals(code, assertThrows(LunoraException.class, call).code());
  }
}
