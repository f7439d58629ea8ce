package lunora.bridge.value;

import lunora.bridge.raw.JsCallback;
import org.jspecify.annotations.Nullable;

/** One task of a fiber, with the ends of the promise that it settles. */
final class Job {

  /** Settles the promise of a task that failed. */
  interface Failed {
    void accept(Throwable failure);
  }

  private final Js.Task task;
  private final JsCallback resolve;
  private final Failed failed;
  private @Nullable JsCallback onTrap;

  Job(Js.Task task, JsCallback resolve, Failed failed) {
    this.task = task;
    this.resolve = resolve;
    this.failed = failed;
  }

  void run() {
    try {
      resolve.call(task.run());
    } catch (Throwable failure) {
      failed.accept(JsErrors.caught(failure));
    }
  }

  /**
   * What to call with an error that Java's {@code catch} does not see. Settling twice is harmless.
   */
  JsCallback onTrap() {
    JsCallback known = onTrap;
    if (known == null) {
      known =
          error -> {
            JsFiber.brokeOff();
            failed.accept(JsErrors.toJava(error));
          };
      onTrap = known;
    }
    return known;
  }
}
