package lunora.edge;

import java.util.Optional;
import lunora.api.Identity;
import lunora.host.inbound.HttpRequest;
import lunora.host.remote.WorkerHost;

/** Tells who sends a request. May suspend. */
@FunctionalInterface
public interface Authenticator {

  /** Knows nobody. */
  Authenticator NOBODY = (request, host) -> Optional.empty();

  /**
   * The sender, empty when anonymous. Asked once a request, and once for a socket, which keeps the
   * identity for its life.
   *
   * @throws lunora.error.LunoraException {@code UNAUTHENTICATED} for credentials that are wrong
   */
  Optional<Identity> authenticate(HttpRequest request, WorkerHost host);
}
