package lunora.testkit.contract;

import java.util.function.Consumer;

/**
 * One rule that a host keeps to.
 *
 * @param name a sentence, unique in its suite
 * @param body throws when the rule is broken; may run on a host that other cases ran on before
 */
public record ContractCase<T>(String name, Consumer<T> body) {

  /** Runs the case: returns normally when the host keeps to the rule. */
  public void run(T host) {
    body.accept(host);
  }
}
