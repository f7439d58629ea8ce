package lunora.host.edge;

import lunora.host.inbound.HttpRequest;
import lunora.host.remote.WorkerHost;

/** Lets somebody into the admin plane who has no admin token, such as a signed-in operator. */
@FunctionalInterface
public interface AdminGate {

  /**
   * True for the literal {@code true} only. Asked once a request. May suspend; a throw grants
   * nothing.
   */
  boolean allows(HttpRequest request, WorkerHost host);
}
