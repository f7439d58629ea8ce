package lunora.api;

import java.util.Optional;

/**
 * The context of a shape: who asks. What rows a shape has is decided when a client subscribes, and
 * stays so until its socket closes; so there is nothing to read here.
 */
public interface ShapeContext extends PolicyContext {

  /** Who is asking; empty for an anonymous client. A copy that depends on it is never resumed. */
  @Override
  Optional<Identity> auth();
}
