package lunora.edge;

import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;

/** Asks all shards of a table and makes one answer of theirs (protocol section 14.3). */
@FunctionalInterface
public interface QueryCoordinator {

  /**
   * Answers a call that its caller may make. May suspend.
   *
   * @throws lunora.error.LunoraException {@code BAD_REQUEST} for a merge that does not exist
   */
  HttpResponse query(FanOutCall call, WorkerHost host);
}
