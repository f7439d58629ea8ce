package lunora.bridge.host;

import java.util.ArrayDeque;
import lunora.bridge.raw.JsAction;
import lunora.bridge.raw.JsDurableObjectState;
import lunora.bridge.raw.JsPromise;
import lunora.host.local.Deferred;
import lunora.host.local.LogSink;
import org.teavm.jso.JSBody;

/**
 * Runs work in a later turn of the event loop than the answer, and keeps the object alive for it;
 * short work at the end of this turn.
 *
 * <p>All tasks that wait when the turn comes run in it, in order. A task that throws is logged and
 * the next one runs. Tasks must not suspend.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/state/#waituntil">waitUntil</a>
 */
public final class CfDeferred implements Deferred {

  /** When the turn comes. */
  public interface Schedule {
    /** A promise of the action having run. */
    JsPromise later(JsAction action);
  }

  /** After whatever the current event still has to do: a timer of zero. */
  public static final Schedule TIMER = CfDeferred::afterTimer;

  private final JsDurableObjectState state;
  private final LogSink log;
  private final Schedule schedule;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

  public CfDeferred(JsDurableObjectState state, LogSink log, Schedule schedule) {
    this.state = state;
    this.log = log;
    this.schedule = schedule;
  }

  @Override
  public void afterResponse(Runnable task) {
    tasks.add(task);
    if (tasks.size() == 1) {
      state.waitUntil(schedule.later(this::runAll));
    }
  }

  @Override
  public void inThisTurn(Runnable task) {
    soon(() -> run(task));
  }

  private void runAll() {
    for (Runnable task = tasks.peek(); task != null; task = tasks.peek()) {
      run(task);
      // Removed only now, so that work it queues joins this turn instead of starting another.
      tasks.remove();
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      log.log(LogSink.Level.ERROR, "deferred work failed", e);
    }
  }

  @JSBody(params = "action", script = "queueMicrotask(action);")
  private static native void soon(JsAction action);

  @JSBody(
      params = "action",
      script = "return new Promise(function (resolve) { setTimeout(resolve, 0); }).then(action);")
  private static native JsPromise afterTimer(JsAction action);
}
