package lunora.host.remote;

/**
 * Work of a shard that outlives the event in which it began. While any of it goes on the shard does
 * not hibernate; a crash or a deploy ends it without a word.
 */
public interface Background {

  /** A piece of work. */
  interface Task {

    /** Does it. May suspend. */
    void run();

    /** {@link #run} threw, or the virtual machine broke it off. Never suspends. */
    void failed(Throwable failure);
  }

  /**
   * Runs the task by itself, beside other events. It may begin before this returns; nothing else of
   * the caller's may have to happen first. Never suspends.
   */
  void start(Task task);

  /** A timer for one task. */
  Timer timer();

  /** Outgoing HTTP. */
  HttpFetcher fetcher();

  /** The bindings of the deployment. */
  Bindings bindings();

  /** The Worker whose module the object's class is in. */
  OwnWorker worker();
}
