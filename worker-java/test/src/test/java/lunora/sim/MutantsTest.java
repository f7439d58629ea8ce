package lunora.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The checker can fail: each of its rules catches an engine that breaks it. */
class MutantsTest {

  private static final int HISTORIES_MAX = 150;

  private record Caught(Rule rule, String name, Supplier<Mutant> mutant) {}

  private static final List<Caught> ALL =
      List.of(
          new Caught(Rule.CONVERGENCE, "loses results", () -> Mutants.losing("data", 4)),
          new Caught(Rule.PREFIX, "sends an earlier result", Mutants::goingBack),
          new Caught(Rule.CURSORS, "loses a delta", () -> Mutants.losing("delta", 4)),
          new Caught(Rule.CURSORS, "resumes who is behind", Mutants::blind),
          new Caught(Rule.CURSORS, "keeps a new epoch in memory only", Mutants::forgettingEpochs),
          new Caught(Rule.READ_YOUR_WRITES, "skips settled", () -> Mutants.losing("settled", 1)),
          new Caught(
              Rule.EXACTLY_ONCE,
              "forgets answers",
              () -> Mutants.skipping("INSERT OR REPLACE INTO \"__lunora_idempotency\"")),
          new Caught(
              Rule.EXACTLY_ONCE,
              "forgets numbers",
              () -> Mutants.skipping("INSERT OR REPLACE INTO \"__lunora_client_watermark\"")),
          new Caught(Rule.ATOMICITY, "keeps half a write", Mutants::withoutTransactions),
          new Caught(Rule.ATOMICITY, "writes no log", () -> Mutants.skipping("UPDATE \"items\"")),
          new Caught(Rule.LINEARIZABILITY, "reads stale cells", Mutants::stale),
          new Caught(Rule.ISOLATION, "tells everybody", Mutants::telling),
          new Caught(Rule.PREFIX, "replays a chunk again", Mutants::repeatingChunks),
          new Caught(Rule.BOUNDS, "sends to slow clients without end", Mutants::unlimited),
          new Caught(
              Rule.BOUNDS,
              "keeps subscriptions",
              () -> Mutants.skipping("DELETE FROM \"__lunora_subscription\"")));

  @TestFactory
  List<DynamicTest> eachIsCaught() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Caught each : ALL) {
      tests.add(DynamicTest.dynamicTest(each.name(), () -> caught(each)));
    }
    return tests;
  }

  private static void caught(Caught expected) {
    Set<Rule> found = EnumSet.noneOf(Rule.class);
    for (long seed = 0; seed < HISTORIES_MAX && !found.contains(expected.rule()); seed++) {
      try {
        Simulation.play(Plan.of(seed), expected.mutant().get());
      } catch (Rule.Violation e) {
        found.add(e.rule());
      }
    }
    assertTrue(
        found.contains(expected.rule()), () -> "what " + expected.name() + " breaks only " + found);
  }

  @Test
  void noRuleIsWithoutAMutantOrAReason() {
    Set<Rule> caught = EnumSet.noneOf(Rule.class);
    ALL.forEach(each -> caught.add(each.rule()));
    for (Rule rule : Rule.values()) {
      if (!caught.contains(rule)) {
        assertTrue(rule.absent() != null, rule.name());
      }
    }
    assertEquals(9, caught.size());
  }
}
