package lunora.testkit.contract;

/**
 * One rule of a host service that may suspend. Kept apart from {@link ContractCase}: a body that
 * suspends must not share an interface with one that cannot.
 *
 * @param name a sentence, unique in its suite
 * @param body throws when the rule is broken; may run on a host that other cases ran on before
 */
public record RemoteCase<T>(String name, Body<T> body) {

  /** What a case does. May suspend. */
  @FunctionalInterface
  public interface Body<T> {

    void run(T host);
  }

  /** Runs the case: returns normally when the host keeps to the rule. May suspend. */
  public void run(T host) {
    body.run(host);
  }
}
