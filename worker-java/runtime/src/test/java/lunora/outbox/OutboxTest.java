package lunora.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lunora.host.local.LogSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a transaction asks for happens if and only if it commits, whatever breaks in between. */
class OutboxTest {

  private final EffectShard effects = new EffectShard();

  @AfterEach
  void close() {
    effects.close();
  }

  @Test
  void whatACommittedTransactionAsksForIsDeliveredInOrderAndForgotten() {
    effects.ask("a", "b", "c");

    assertEquals(List.of("a", "b", "c"), effects.arrived);
    assertEquals(List.of(3), effects.batches);
    assertEquals(0, effects.waiting());
  }

  @Test
  void aTransactionThatFailsAsksForNothing() {
    effects.askInVain("a");

    assertEquals(List.of(), effects.arrived);
    assertTrue(effects.host.alarm().scheduledMs().isEmpty());

    effects.ask("b");
    effects.askInVain("c");
    effects.pass(60_000);

    assertEquals(List.of("b"), effects.arrived);
  }

  @Test
  void whoAsksForNothingPaysNothing() {
    effects.touch();
    effects.host.sql().resetStatements();

    effects.touch();

    assertTrue(
        effects.host.sql().statements().stream().noneMatch(sql -> sql.contains("outbox")),
        effects.host.sql().statements()::toString);
    assertTrue(effects.host.alarm().scheduledMs().isEmpty());
  }

  @Test
  void aCrashAfterTheCommitLosesNothing() {
    effects.askThenCrash("a");
    assertEquals(List.of(), effects.arrived);

    effects.pass(Outbox.RESUME_AFTER_MS);

    assertEquals(List.of("a"), effects.arrived);
    assertEquals(0, effects.waiting());
  }

  @Test
  void aShardThatWakesGoesOnEvenWhenItsAlarmWasLost() {
    effects.askThenCrash("a");
    effects.host.alarm().delete();

    effects.touch();

    assertEquals(List.of("a"), effects.arrived);
  }

  @Test
  void whatIsRefusedComesAgainLaterAndLaterAndHoldsUpNothing() {
    effects.refused.add("poison");
    effects.ask("a", "poison", "b");
    assertEquals(List.of("a", "b"), effects.arrived);

    List<Long> tries = new ArrayList<>();
    for (long ms = 0; ms < 8_000; ms += 100) {
      int before = warnings();
      effects.pass(100);
      if (warnings() > before) {
        tries.add(ms + 100);
      }
    }
    assertEquals(List.of(1_000L, 3_000L, 7_000L), tries);

    effects.ask("c");
    effects.refused.clear();
    effects.pass(600_000);

    assertEquals(List.of("a", "b", "c", "poison"), effects.arrived);
    assertEquals(0, effects.waiting());
  }

  @Test
  void whatNobodyTakesIsGivenUpAfterMoreThanADay() {
    effects.ask("lost");
    effects.pass(0);
    long before = effects.host.clock().nowMs();
    while (effects.host.alarm().scheduledMs().isPresent()) {
      effects.pass(600_000);
    }

    assertEquals(1, effects.host.log().lines(LogSink.Level.ERROR).size());
    assertEquals(1, effects.waiting());
    assertTrue(effects.host.clock().nowMs() - before > 86_400_000);
    effects.touch();
    effects.shard.restart();
    effects.touch();
    assertEquals(1, effects.host.log().lines(LogSink.Level.ERROR).size());
  }

  @Test
  void manyEffectsGoInBatches() {
    String[] ids = new String[250];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "e" + i;
    }

    effects.ask(ids);

    assertEquals(List.of(ids), effects.arrived);
    assertEquals(List.of(100, 100, 50), effects.batches);
  }

  @Test
  void nothingIsLostOrInventedThroughAnyCrashes() {
    for (int seed = 0; seed < 50; seed++) {
      anyHistory(new Random(seed), "seed " + seed);
    }
  }

  private static void anyHistory(Random random, String seed) {
    try (EffectShard any = new EffectShard()) {
      List<String> committed = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        String id = "s" + step;
        switch (random.nextInt(7)) {
          case 0 -> any.askInVain(id);
          case 1 -> any.shard.restart();
          case 2 -> any.pass(random.nextInt(3_000));
          case 3 -> {
            any.refused.add(id);
            any.ask(id);
            committed.add(id);
          }
          case 4 -> any.refused.clear();
          case 5 -> {
            any.askThenCrash(id);
            committed.add(id);
          }
          default -> {
            any.ask(id);
            committed.add(id);
          }
        }
      }
      any.refused.clear();
      any.pass(600_000);
      assertEquals(
          committed.stream().sorted().toList(), any.arrived.stream().sorted().toList(), seed);
      assertFalse(any.shard.ring(), seed);
    }
  }

  private int warnings() {
    return effects.host.log().lines(LogSink.Level.WARN).size();
  }
}
