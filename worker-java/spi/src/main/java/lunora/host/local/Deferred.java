package lunora.host.local;

/** Runs work after the answer to the current event has been handed to the host. */
public interface Deferred {

  /**
   * Queues the task; the shard does not hibernate before it ran. Tasks run in order, each alone.
   */
  void afterResponse(Runnable task);
}
