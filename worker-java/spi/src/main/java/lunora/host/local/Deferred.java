package lunora.host.local;

/** Runs work after the answer to the current event has been handed to the host. */
public interface Deferred {

  /**
   * Queues the task; the shard does not hibernate before it ran. Tasks run in order, each alone.
   */
  void afterResponse(Runnable task);

  /**
   * Queues a short task for the end of the turn that is running. The answer waits for it, and in
   * turn nothing waits for a timer of the host.
   */
  void inThisTurn(Runnable task);
}
