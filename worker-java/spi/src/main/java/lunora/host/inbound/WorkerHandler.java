package lunora.host.inbound;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.WorkerHost;

/** The stateless Worker at the edge. One instance serves many requests at once. */
public interface WorkerHandler {

  /** Answers one HTTP request. May suspend; throws only for bugs of ours. */
  HttpResponse fetch(HttpRequest request, WorkerHost host);

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
