package lunora.bridge.value;

import lunora.bridge.raw.JsAction;
import lunora.bridge.raw.JsCallback;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Async;
import org.teavm.interop.AsyncCallback;
import org.teavm.jso.JSBody;

/**
 * A Java thread that runs one job after another and is parked in between.
 *
 * <p>Starting a thread costs a timer of the host; waking a parked one is a plain call, so the
 * request begins in the turn in which it arrived. A fiber that the virtual machine broke off is not
 * parked again and thus leaves the pool.
 */
final class JsFiber extends Thread {

  private static final int IDLE_MAX = 64;

  /** The parked fibers, linked through {@link #next}: a shared collection would mix up types. */
  private static @Nullable JsFiber idle;

  private static int idleCount;

  /** Whether Java of some fiber is on the stack: no other can be resumed below it. */
  private static boolean running;

  private @Nullable Job job;
  private @Nullable JsFiber next;
  private @Nullable AsyncCallback<Job> parked;

  private JsFiber(Job first) {
    this.job = first;
  }

  /** Runs the job now when a fiber is free, otherwise as soon as a new one has started. */
  static void run(Job job) {
    JsFiber fiber = idle;
    if (fiber == null) {
      new JsFiber(job).start();
      return;
    }
    idle = fiber.next;
    idleCount--;
    fiber.next = null;
    fiber.job = job;
    if (running) {
      soon(fiber::wake, job.onTrap());
    } else {
      guarded(fiber::wake, job.onTrap());
    }
  }

  /** Resumes a fiber: every call that does goes through here. */
  static <T> void resume(AsyncCallback<T> callback, T value) {
    running = true;
    callback.complete(value);
    running = false;
  }

  /** To be called when {@link #resume} did not return, which Java's {@code finally} may not see. */
  static void brokeOff() {
    running = false;
  }

  /** The job of the fiber that is running. */
  static Job currentJob() {
    if (Thread.currentThread() instanceof JsFiber fiber && fiber.job != null) {
      return fiber.job;
    }
    throw new IllegalStateException("Js.await outside of Js.async");
  }

  @Override
  public void run() {
    while (job != null || idleCount < IDLE_MAX) {
      park(this).run();
      job = null;
    }
  }

  /** The job with which the fiber was woken. */
  @Async
  private static native Job park(JsFiber fiber);

  /** A fiber with a job was just started: its job begins in a turn of its own, guarded. */
  private static void park(JsFiber fiber, AsyncCallback<Job> callback) {
    fiber.parked = callback;
    Job first = fiber.job;
    if (first != null) {
      soon(fiber::wake, first.onTrap());
      return;
    }
    fiber.next = idle;
    idle = fiber;
    idleCount++;
  }

  private void wake() {
    AsyncCallback<Job> callback = parked;
    Job given = job;
    parked = null;
    if (callback != null && given != null) {
      resume(callback, given);
    }
  }

  @JSBody(
      params = {"action", "trapped"},
      script = "try { action(); } catch (e) { trapped(e); }")
  private static native void guarded(JsAction action, JsCallback trapped);

  @JSBody(
      params = {"action", "trapped"},
      script = "queueMicrotask(function () { try { action(); } catch (e) { trapped(e); } });")
  private static native void soon(JsAction action, JsCallback trapped);
}
