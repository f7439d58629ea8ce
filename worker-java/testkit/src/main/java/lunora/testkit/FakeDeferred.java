package lunora.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import lunora.host.local.Deferred;

/** Deferred work in a queue that {@link FakeShard} runs after each event, or the test by hand. */
public final class FakeDeferred implements Deferred {

  private static final int TASKS_MAX = 100_000;

  private enum Mode {
    AFTER_EVENT,
    BY_HAND,
    AT_ONCE
  }

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private Mode mode = Mode.AFTER_EVENT;

  @Override
  public void afterResponse(Runnable task) {
    if (mode == Mode.AT_ONCE) {
      task.run();
    } else {
      tasks.add(task);
    }
  }

  @Override
  public void inThisTurn(Runnable task) {
    afterResponse(task);
  }

  /** From now on tasks wait until the test calls {@link #run}. */
  public void hold() {
    mode = Mode.BY_HAND;
  }

  /** From now on each task runs as soon as it is queued. */
  public void runAtOnce() {
    mode = Mode.AT_ONCE;
  }

  /** The tasks waiting. */
  public int pending() {
    return tasks.size();
  }

  /** Runs all tasks in order, with those they queue themselves; what a task throws comes out. */
  public void run() {
    for (int ran = 0; !tasks.isEmpty(); ran++) {
      if (ran == TASKS_MAX) {
        throw new IllegalStateException("deferred tasks keep queueing tasks: " + ran + " ran");
      }
      tasks.remove().run();
    }
  }

  void afterEvent() {
    if (mode == Mode.AFTER_EVENT) {
      run();
    }
  }

  void forget() {
    tasks.clear();
  }
}
