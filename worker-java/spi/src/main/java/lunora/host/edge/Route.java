package lunora.host.edge;

import java.util.Map;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;

/** Answers the requests of one path. */
@FunctionalInterface
public interface Route {

  /**
   * Answers one request, whose body nobody has read. May suspend; may throw anything.
   *
   * @param params what stands in the path where the pattern has {@code :name}, decoded
   */
  HttpResponse handle(HttpRequest request, Map<String, String> params, WorkerHost host);
}
