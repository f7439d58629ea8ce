package lunora.api;

import java.time.Instant;
import java.util.Optional;

/** What every function can ask. In a query each of these readings is recorded. */
public interface FunctionContext extends PolicyContext {

  /** Who is calling; empty for an anonymous caller. */
  @Override
  Optional<Identity> auth();

  /** The current time; the same for the whole call of a query or mutation. */
  Instant now();

  /** A uniform random number in [0, 1). */
  double random();

  /** The log of this call. */
  FunctionLog log();
}
