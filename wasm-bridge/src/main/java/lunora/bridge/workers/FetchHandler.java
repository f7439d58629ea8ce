package lunora.bridge.workers;

/**
 * A Worker without the engine: answers HTTP requests. One handler serves many requests at once.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/">Fetch
 *     handler</a>
 */
@FunctionalInterface
public interface FetchHandler {

  /** Answers one request. May suspend. What it throws the platform logs and answers with a 500. */
  WorkersResponse fetch(WorkersRequest request, Env env, ExecutionContext context);
}
