package lunora.edge;

import java.util.Optional;
import lunora.api.Identity;
import lunora.host.inbound.HttpRequest;

/** Tells who sends a request. May suspend. */
@FunctionalInterface
public interface Authenticator {

  /** Knows nobody. */
  Authenticator NOBODY = request -> Optional.empty();

  /**
   * The sender, empty when anonymous.
   *
   * @throws lunora.error.LunoraException {@code UNAUTHENTICATED} for credentials that are wrong
   */
  Optional<Identity> authenticate(HttpRequest request);
}
