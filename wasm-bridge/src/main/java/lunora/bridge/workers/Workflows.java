package lunora.bridge.workers;

import lunora.bridge.raw.JsWorkflow;
import lunora.bridge.raw.JsWorkflowInstance;
import lunora.bridge.value.Js;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A workflow that can be started. Every method suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workflows/build/workers-api/#workflow">Workflow</a>
 */
public final class Workflows {

  private final JsWorkflow js;

  Workflows(JsWorkflow js) {
    this.js = js;
  }

  /**
   * Starts a run.
   *
   * @param id unique among the runs; null for a random one
   * @param parameters any JSON value
   */
  public WorkflowInstance create(@Nullable String id, JsonText parameters) {
    JSObject options =
        new JsOptions().with("id", id).value("params", JsonValues.parsed(parameters)).js();
    return new WorkflowInstance(instance(Js.await(() -> js.create(options))));
  }

  /**
   * A run that was started.
   *
   * @throws lunora.bridge.value.JsException when there is none of that id
   */
  public WorkflowInstance get(String id) {
    return new WorkflowInstance(instance(Js.await(() -> js.get(id))));
  }

  @JSBody(params = "value", script = "return value;")
  private static native JsWorkflowInstance instance(@Nullable JSObject value);
}
