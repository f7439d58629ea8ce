package lunora.error;

import java.util.List;

/**
 * Several things were tried, and more than one of them failed. To JavaScript this is an {@code
 * AggregateError} of what each threw (protocol section 14.4); in Java the first is the cause.
 * Nothing is a suppressed exception: TeaVM's {@code addSuppressed} fails.
 */
public final class SeveralFailures extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<RuntimeException> failures;

  /**
   * The failures, in their order.
   *
   * @param what has failed, to be read by a person
   */
  public SeveralFailures(String what, List<RuntimeException> failures) {
    super(what, failures.get(0));
    this.failures = List.copyOf(failures);
  }

  /** What each threw, two at least. */
  public List<RuntimeException> failures() {
    return failures;
  }
}
