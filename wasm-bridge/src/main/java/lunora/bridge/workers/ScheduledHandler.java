package lunora.bridge.workers;

/**
 * What a Worker without the engine does when a cron trigger fires.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/handlers/scheduled/">Scheduled
 *     handler</a>
 */
@FunctionalInterface
public interface ScheduledHandler {

  /** One run. May suspend. What it throws makes the run a failed one. */
  void scheduled(ScheduledController controller, Env env, ExecutionContext context);
}
