package lunora.host.edge;

import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;

/** Answers requests in the app's own way: an auth plane, or a framework's pages. */
@FunctionalInterface
public interface Responder {

  /** Answers one request, whose body nobody has read. May suspend; may throw anything. */
  HttpResponse respond(HttpRequest request, WorkerHost host);
}
