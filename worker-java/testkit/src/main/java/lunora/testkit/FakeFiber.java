package lunora.testkit;

import java.util.concurrent.Semaphore;
import lunora.host.remote.Background;
import org.jspecify.annotations.Nullable;

/** A thread that runs only while whoever lets it proceed waits for it. */
final class FakeFiber {

  /** Ends a thread whose shard is gone. */
  private static final class Stopped extends Error {
    private static final long serialVersionUID = 1;
  }

  private final Background.Task task;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  private @Nullable Thread thread;
  private volatile @Nullable Throwable failure;
  private volatile boolean stopped;
  private volatile boolean over;

  FakeFiber(Background.Task task) {
    this.task = task;
  }

  boolean isOver() {
    return over;
  }

  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Lets it run until it parks or ends; what the task's own handling of a failure throws. */
  void proceed() {
    if (thread == null) {
      Thread started = new Thread(this::run, "background task");
      started.setDaemon(true);
      thread = started;
      started.start();
    } else {
      turn.release();
    }
    back.acquireUninterruptibly();
    Throwable thrown = failure;
    if (thrown != null) {
      throw new IllegalStateException("a background task failed", thrown);
    }
  }

  /** Called by the thread itself: gives the turn back and waits for the next. */
  void park() {
    back.release();
    turn.acquireUninterruptibly();
    if (stopped) {
      throw new Stopped();
    }
  }

  /** Ends it where it is parked. */
  void stop() {
    if (thread != null && !over) {
      stopped = true;
      turn.release();
      back.acquireUninterruptibly();
    }
  }

  private void run() {
    try {
      task.run();
    } catch (Throwable thrown) {
      if (!(thrown instanceof Stopped)) {
        fail(thrown);
      }
    } finally {
      over = true;
      back.release();
    }
  }

  private void fail(Throwable thrown) {
    try {
      task.failed(thrown);
    } catch (Throwable second) {
      failure = second;
    }
  }
}
