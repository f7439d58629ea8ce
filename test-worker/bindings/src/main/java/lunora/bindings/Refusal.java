package lunora.bindings;

import lunora.bridge.value.JsException;
import lunora.bridge.workers.SqlException;
import lunora.bridge.workers.Work;

/**
 * What a call of the platform threw, as text. The bodies of both kinds never meet: see {@code of}.
 */
final class Refusal {

  /** A call that must not suspend. */
  interface Step {
    void run();
  }

  private Refusal() {}

  /** The message of what the step throws, or {@code "none"}. */
  static String of(Step step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      return described(e);
    }
    return "none";
  }

  /** The same for work that suspends. */
  static String ofWork(Work work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      return described(e);
    }
    return "none";
  }

  private static String described(RuntimeException e) {
    String kind =
        e instanceof JsException
            ? "JsException"
            : e instanceof SqlException ? "SqlException" : "Java";
    return kind + ": " + e.getMessage();
  }
}
