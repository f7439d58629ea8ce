package lunora.inspect;

import java.util.function.Function;
import lunora.api.MutationContext;

/** How operations write: as mutations of the system do, logged, and told to those who watch. */
public interface ShardWrites {

  /**
   * Runs the body in one transaction, which is rolled back whole when the body throws. Never
   * suspends.
   *
   * @param name of the operation, for the log
   */
  <T> T write(String name, Function<MutationContext, T> body);
}
