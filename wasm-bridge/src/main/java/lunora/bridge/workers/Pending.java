package lunora.bridge.workers;

import lunora.bridge.raw.JsPromise;
import lunora.bridge.value.Js;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/** Work that was started and goes on by itself, whether or not somebody waits for it. */
public final class Pending {

  private final JsPromise promise;

  Pending(JsPromise promise) {
    this.promise = promise;
  }

  /** Starts the work beside the caller, who goes on at once. Does not suspend. */
  public static Pending start(Work work) {
    return new Pending(promise(work));
  }

  static JsPromise promise(Work work) {
    return Js.async(() -> ran(work));
  }

  private static @Nullable JSObject ran(Work work) {
    work.run();
    return null;
  }

  /** Waits for the end of the work and throws what it threw. Suspends. */
  public void await() {
    Js.await(promise);
  }

  /** The promise, for a platform call that takes one. */
  public JsPromise raw() {
    return promise;
  }
}
