package lunora.host.edge;

import lunora.host.inbound.HttpRequest;
import lunora.host.remote.WorkerHost;
import lunora.wire.Value;

/** Tells who sends a request, in JavaScript's terms. */
@FunctionalInterface
public interface IdentitySource {

  /**
   * The sender as {@code {userId, ...claims, exp?, expiresAtMs?}}; anything without a {@code
   * userId} that is text and not empty is an anonymous sender. May suspend; what it throws fails
   * the request.
   */
  Value identify(HttpRequest request, WorkerHost host);
}
