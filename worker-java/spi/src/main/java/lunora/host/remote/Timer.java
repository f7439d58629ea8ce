package lunora.host.remote;

/** Lets one background task wait, and others end its waiting. */
public interface Timer {

  /**
   * Waits until the time is over or somebody calls {@link #wake}; with 0 until other events had
   * their turn. Suspends; only within a {@link Background.Task}.
   *
   * @param ms milliseconds, 0 or more
   */
  void sleep(long ms);

  /** Ends the wait, if the task is waiting. Never suspends. */
  void wake();
}
