package lunora.bridge.value;

import lunora.bridge.raw.JsCallback;
import lunora.bridge.raw.JsExecutor;
import lunora.bridge.raw.JsPromise;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Async;
import org.teavm.interop.AsyncCallback;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The bridge between Java that blocks and JavaScript that promises.
 *
 * <p>{@link #async} is the only way in to code that suspends and {@link #await} the only way for it
 * to suspend. TeaVM's own {@code JSPromise} does both, but loses the rejected value and, on Wasm,
 * leaves a request hanging when the virtual machine itself fails.
 */
public final class Js {

  private Js() {}

  /** Work that may suspend. Not a {@code Callable}: a generic result would be boxed. */
  @FunctionalInterface
  public interface Task {
    @Nullable JSObject run();
  }

  /** The answer of a task that the virtual machine broke off, such as by a stack overflow. */
  @FunctionalInterface
  public interface Fallback {
    @Nullable JSObject answer(Throwable failure);
  }

  /** JavaScript that may throw and answers at once. Must not suspend. */
  @FunctionalInterface
  public interface Step<T extends @Nullable Object> {
    T run();
  }

  /** JavaScript that may throw and has no answer. Must not suspend. */
  @FunctionalInterface
  public interface Action {
    void run();
  }

  /** A call that answers with a promise. Must not suspend. */
  @FunctionalInterface
  public interface Start {
    JsPromise run();
  }

  /**
   * The step's answer, a Java object.
   *
   * @throws JsException when JavaScript threw
   */
  public static <T extends @Nullable Object> T call(Step<T> step) {
    try {
      return step.run();
    } catch (RuntimeException e) {
      throw JsErrors.unchecked(e);
    }
  }

  /** {@link #call} without an answer. */
  public static void run(Action step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      throw JsErrors.unchecked(e);
    }
  }

  /**
   * Makes the call and waits for its promise. Suspends; only inside {@link #async}.
   *
   * @throws JsException when the call throws or the promise rejects
   */
  public static @Nullable JSObject await(Start start) {
    JsPromise promise;
    try {
      promise = start.run();
    } catch (RuntimeException e) {
      throw JsErrors.unchecked(e);
    }
    return await(promise);
  }

  /** Runs the task in a fiber. The promise rejects with what the task throws. */
  public static JsPromise async(Task task) {
    return promise(
        (resolve, reject) ->
            JsFiber.run(new Job(task, resolve, failure -> reject.call(JsErrors.toJs(failure)))));
  }

  /** The same, but whatever goes wrong is answered by the fallback, which must not suspend. */
  public static JsPromise async(Task task, Fallback fallback) {
    return promise(
        (resolve, reject) ->
            JsFiber.run(new Job(task, resolve, failure -> resolve.call(fallback.answer(failure)))));
  }

  /**
   * Waits for the promise. Suspends; only inside {@link #async}.
   *
   * @throws JsException when it rejects; a Java exception that went through JavaScript comes back
   *     as itself
   */
  public static @Nullable JSObject await(JsPromise promise) {
    Settled settled = settle(promise);
    if (settled.rejected) {
      // Made here and not in the callback, so that the stack shows who waited.
      throw JsErrors.unchecked(JsErrors.toJava(settled.value));
    }
    return settled.value;
  }

  /** A Java box: a bare JavaScript value in a generic position would get a slower one. */
  private static final class Settled {
    final @Nullable JSObject value;
    final boolean rejected;

    Settled(@Nullable JSObject value, boolean rejected) {
      this.value = value;
      this.rejected = rejected;
    }
  }

  @Async
  private static native Settled settle(JsPromise promise);

  private static void settle(JsPromise promise, AsyncCallback<Settled> callback) {
    subscribe(
        promise,
        value -> JsFiber.resume(callback, new Settled(value, false)),
        error -> JsFiber.resume(callback, new Settled(error, true)),
        JsFiber.currentJob().onTrap());
  }

  @JSBody(params = "executor", script = "return new Promise(executor);")
  private static native JsPromise promise(JsExecutor executor);

  @JSBody(
      params = {"promise", "done", "failed", "trapped"},
      script =
          "promise.then("
              + "function (v) { try { done(v); } catch (e) { trapped(e); } },"
              + "function (v) { try { failed(v); } catch (e) { trapped(e); } });")
  private static native void subscribe(
      JsPromise promise, JsCallback done, JsCallback failed, JsCallback trapped);
}
