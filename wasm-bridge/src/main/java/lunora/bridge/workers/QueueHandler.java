package lunora.bridge.workers;

/**
 * What a Worker without the engine does with messages.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#consumer">Consumer</a>
 */
@FunctionalInterface
public interface QueueHandler {

  /** One batch. May suspend. What it throws lets each message without an outcome come again. */
  void queue(MessageBatch batch, Env env, ExecutionContext context);
}
