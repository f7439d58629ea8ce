package lunora.host.inbound;

import lunora.host.remote.WorkerHost;

/** The stateless Worker at the edge. One instance serves many requests at once. */
public interface WorkerHandler {

  /** Answers one HTTP request. May suspend; throws only for bugs of ours. */
  HttpResponse fetch(HttpRequest request, WorkerHost host);
}
