package lunora.host.inbound;

import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/** The stateless Worker at the edge. One instance serves many requests at once. */
public interface WorkerHandler {

  /** Answers one HTTP request. May suspend; throws only for bugs of ours. */
  HttpResponse fetch(HttpRequest request, WorkerHost host);

  /**
   * How long a body {@link #begin} takes, in bytes; 0 when it is not to be asked. The body of a
   * request that it takes is read before {@link #fetch} gets that. Never suspends.
   */
  default int beginsUpTo(HttpRequest request) {
    return 0;
  }

  /**
   * Lets a call pass whose body has arrived, when deciding takes no waiting: the way of most calls,
   * which needs no thread of its own. Never suspends.
   *
   * @return null for everything else, refusals too: the request then goes to {@link #fetch}, which
   *     reads the same body
   */
  default @Nullable ForwardedCall begin(HttpRequest request, String body, WorkerHost host) {
    return null;
  }
}
