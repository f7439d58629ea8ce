package lunora.bridge.workers;

import lunora.bridge.raw.JsExecutionContext;

/**
 * The context of one event of the Worker.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/context/">Context</a>
 */
public final class ExecutionContext {

  private final JsExecutionContext js;

  /** Wraps the platform's object. */
  public ExecutionContext(JsExecutionContext js) {
    this.js = js;
  }

  /**
   * Starts the work and keeps the isolate for it after the answer, for at most 30 seconds. Does not
   * suspend; what the work throws is logged by the platform.
   */
  public void waitUntil(Work work) {
    js.waitUntil(Pending.promise(work));
  }

  /** Lets the origin behind the Worker answer when this event throws. */
  public void passThroughOnException() {
    js.passThroughOnException();
  }

  /** The platform's object. */
  public JsExecutionContext raw() {
    return js;
  }
}
