package lunora.bridge.workers;

import lunora.bridge.raw.JsEnv;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.raw.JsWorkflowEvent;
import lunora.bridge.raw.JsWorkflowStep;
import lunora.bridge.value.Js;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * What a running workflow may do that outlives the isolate. Every method suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workflows/build/workers-api/#step">WorkflowStep</a>
 */
public final class WorkflowStep {

  /** What one step does. May suspend. */
  @FunctionalInterface
  public interface Task {

    /** Any JSON value. What it throws makes the platform try again. */
    JsonText run();
  }

  private final JsWorkflowStep js;

  WorkflowStep(JsWorkflowStep js) {
    this.js = js;
  }

  /** Runs a workflow for the platform: a promise of what it comes to. Does not suspend. */
  public static JsPromise run(
      WorkflowRun run, JsWorkflowEvent event, JsWorkflowStep js, JsEnv env) {
    JsonText parameters = present(JsonValues.text(event.getPayload()));
    WorkflowStep step = new WorkflowStep(js);
    return Js.async(
        () -> JsonValues.parsed(run.run(event.getInstanceId(), parameters, step, new Env(env))));
  }

  /**
   * Does the task, unless an earlier attempt of the run did it: then its answer is given again.
   *
   * @param retries how often a task that throws is tried again, each time after a second
   */
  public JsonText perform(String name, int retries, Task task) {
    JSObject config = config(retries);
    JSObject answer =
        Js.await(
            () -> js.perform(name, config, () -> Js.async(() -> JsonValues.parsed(task.run()))));
    return present(JsonValues.text(answer));
  }

  /** Waits, also for days. */
  public void sleepMs(String name, long milliseconds) {
    Awaited.nothing(() -> js.sleep(name, (double) milliseconds));
  }

  /** Waits for {@link WorkflowInstance#sendEvent} with that type; its payload. */
  public JsonText waitForEvent(String name, String type) {
    JSObject options = new JsOptions().with("type", type).js();
    return present(JsonValues.text(payload(Js.await(() -> js.waitForEvent(name, options)))));
  }

  private static JsonText present(@Nullable JsonText json) {
    return json == null ? JsonText.of("null") : json;
  }

  @JSBody(
      params = "retries",
      script = "return { retries: { limit: retries, delay: 1000, backoff: 'constant' } };")
  private static native JSObject config(int retries);

  @JSBody(params = "event", script = "return event.payload;")
  private static native @Nullable JSObject payload(@Nullable JSObject event);
}
