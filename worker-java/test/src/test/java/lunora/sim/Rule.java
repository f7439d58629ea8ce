package lunora.sim;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has to hold of every history. The numbers are those of docs/TESTING.md. */
enum Rule {
  CONVERGENCE(1, "at rest every client shows what the query gives"),
  PREFIX(2, "what a client shows is the query's result at the cursor, and never goes back"),
  CURSORS(3, "cursors grow, no delta is lost or doubled, and a new timeline has a new epoch"),
  READ_YOUR_WRITES(4, "whoever sees a query touched by a write hears of it, at its commitCursor"),
  EXACTLY_ONCE(5, "a mutation that is repeated has one effect and one answer"),
  ATOMICITY(6, "of a mutation all rows and their log are written, or none"),
  LINEARIZABILITY(7, "reads and appends of one cell fit one order"),
  ISOLATION(8, "nobody hears what only others may see"),
  BACKUP(9, "a backup is one moment", "checked by SnapshotsTest and RoundTripTest"),
  JOBS(10, "every due job runs", "checked by SchedulerTest and JobsTest"),
  BOUNDS(11, "nothing fails, and nothing stays behind of sockets that are gone");

  private final int number;
  private final String says;
  private final @Nullable String absent;

  Rule(int number, String says) {
    this(number, says, null);
  }

  Rule(int number, String says, @Nullable String absent) {
    this.number = number;
    this.says = says;
    this.absent = absent;
  }

  /** What checks this rule, or null when the simulator does. */
  @Nullable String absent() {
    return absent;
  }

  Violation broken(String how) {
    return new Violation(this, "rule " + number + " (" + says + "): " + how);
  }

  /** Throws the violation unless the condition holds. */
  void require(boolean holds, Supplier<String> how) {
    if (!holds) {
      throw broken(how.get());
    }
  }

  /** A history that broke a rule. */
  static final class Violation extends AssertionError {

    private static final long serialVersionUID = 1;

    private final Rule rule;

    Violation(Rule rule, String message) {
      super(message);
      this.rule = rule;
    }

    Rule rule() {
      return rule;
    }
  }
}
