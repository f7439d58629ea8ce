package lunora.host.inbound;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/** The stateless Worker at the edge. One instance serves many requests at once. */
public interface WorkerHandler {

  /** Answers one HTTP request. May suspend; throws only for bugs of ours. */
  HttpResponse fetch(HttpRequest request, WorkerHost host);

  /**
   * Answers a call that a server-side loader makes while it renders the page of the request, as if
   * that page had made it over HTTP. May suspend; never throws: what goes wrong is an answer.
   */
  HttpResponse serverCall(HttpRequest request, ServerCall call, WorkerHost host);

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

  /**
   * A cron trigger fired. May suspend; what it throws the platform shows as a failed run.
   *
   * @throws LunoraException {@code MISCONFIGURED} unless overridden
   */
  default void scheduled(CronEvent event, WorkerHost host) {
    throw new LunoraException(
        ErrorCode.MISCONFIGURED,
        "wrangler.jsonc has cron " + event.cron() + ": nothing handles it");
  }

  /**
   * Messages arrived. May suspend; what it throws lets every message come again that nobody spoke
   * for.
   *
   * @throws LunoraException {@code MISCONFIGURED} unless overridden
   */
  default void queue(QueueBatch batch, WorkerHost host) {
    throw new LunoraException(
        ErrorCode.MISCONFIGURED,
        "wrangler.jsonc consumes queue " + batch.queue() + ": nothing handles it");
  }
}
