package lunora.edge;

import java.util.Optional;
import lunora.api.Identity;
import lunora.host.inbound.HttpRequest;
import lunora.host.remote.WorkerHost;

/** Tells who sends a request. May suspend. */
@FunctionalInterface
public interface Authenticator {

  /** Knows nobody. */
  Authenticator NOBODY =
      new Authenticator() {
        @Override
        public boolean isAnonymous(HttpRequest request) {
          return true;
        }

        @Override
        public Optional<Identity> authenticate(HttpRequest request, WorkerHost host) {
          return Optional.empty();
        }
      };

  /**
   * Whether the sender is certainly anonymous, so that {@link #authenticate} need not be asked. A
   * call of everybody's shard then passes without waiting. Never suspends.
   */
  default boolean isAnonymous(HttpRequest request) {
    return false;
  }

  /**
   * The sender, empty when anonymous. Asked once a request, and once for a socket, which keeps the
   * identity for its life.
   *
   * @throws lunora.error.LunoraException {@code UNAUTHENTICATED} for credentials that are wrong
   */
  Optional<Identity> authenticate(HttpRequest request, WorkerHost host);
}
