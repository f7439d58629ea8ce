package lunora.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import lunora.error.LunoraException;
import lunora.test.LiveQuery;
import lunora.test.TestBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counters and the ledger. */
class NumbersTest {

  private final TestBackend backend = TestBackend.of(ChatModule.create());

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aCounterStartsAtZeroAndAddsUp() {
    assertEquals(0, backend.query(CountersFunctions.get("likes")));
    assertEquals(2, backend.mutation(CountersFunctions.add("likes", 2)));
    assertEquals(-3, backend.mutation(CountersFunctions.add("likes", -5)));
    assertEquals(-3, backend.query(CountersFunctions.get("likes")));
    assertEquals(0, backend.query(CountersFunctions.get("other")));
  }

  @Test
  void aCounterStaysWithin32Bits() {
    backend.mutation(CountersFunctions.add("likes", Integer.MAX_VALUE));
    LunoraException refused =
        assertThrows(
            LunoraException.class, () -> backend.mutation(CountersFunctions.add("likes", 1)));
    assertEquals("VALIDATION_ERROR", refused.code());
    assertEquals(Integer.MAX_VALUE, backend.query(CountersFunctions.get("likes")));
  }

  @Test
  void aFailedAddLeavesNothingBehindAndTellsNobody() {
    backend.mutation(CountersFunctions.add("likes", 2));
    LiveQuery<Integer> live = backend.subscribe(CountersFunctions.get("likes"));
    LunoraException failed =
        assertThrows(
            LunoraException.class,
            () -> backend.mutation(CountersFunctions.addThenFail("likes", 5)));
    assertEquals("CONFLICT", failed.code());
    assertEquals(409, failed.status());
    live.expectNothing();
    assertEquals(2, backend.query(CountersFunctions.get("likes")));
    assertEquals(3, backend.mutation(CountersFunctions.add("likes", 1)));
    assertEquals(3, live.current());
    assertEquals(2.0, live.cursor());
  }

  @Test
  void aWatchedCounterThatDoesNotExistAppears() {
    LiveQuery<Integer> live = backend.subscribe(CountersFunctions.get("likes"));
    assertEquals(0, live.current());
    backend.mutation(CountersFunctions.add("other", 1));
    live.expectNothing();
    backend.mutation(CountersFunctions.add("likes", 1));
    assertEquals(1, live.current());
  }

  @Test
  void theLedgerLosesNoDigit() {
    BigInteger large = new BigInteger("9007199254740993");
    assertEquals(large, backend.mutation(LedgerFunctions.add(large)));
    assertEquals(
        BigInteger.ONE, backend.mutation(LedgerFunctions.add(BigInteger.ONE.subtract(large))));
    LunoraException refused =
        backend.rpc("{\"functionPath\":\"ledger:add\",\"args\":{\"amount\":7}}").refusal();
    assertEquals("args.amount: expected bigint, got number", refused.getMessage());
  }
}
