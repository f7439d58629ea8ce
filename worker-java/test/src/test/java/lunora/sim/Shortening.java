package lunora.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the steps of a failing history that are enough to break the same rule. */
final class Shortening {

  private static final int TRIES_MAX = 400;

  private final Plan plan;
  private final Rule rule;
  private int tries;

  private Shortening(Plan plan, Rule rule) {
    this.plan = plan;
    this.rule = rule;
  }

  /** The numbers of the steps that are left. */
  static List<Integer> of(Plan plan, Rule rule) {
    return new Shortening(plan, rule).shorten();
  }

  private List<Integer> shorten() {
    List<Integer> kept = IntStream.range(0, plan.steps().size()).boxed().toList();
    for (int size = kept.size() / 2; size > 0; size /= 2) {
      for (int from = 0; from < kept.size() && tries < TRIES_MAX; ) {
        List<Integer> fewer = new ArrayList<>(kept);
        fewer.subList(from, Math.min(from + size, fewer.size())).clear();
        if (stillBreaks(fewer)) {
          kept = fewer;
        } else {
          from += size;
        }
      }
    }
    return kept;
  }

  private boolean stillBreaks(List<Integer> steps) {
    tries++;
    try {
      Simulation.play(plan.only(steps), Mutant.NONE);
      return false;
    } catch (Rule.Violation e) {
      return e.rule() == rule;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }
}
