package lunora.bridge.workers;

import lunora.bridge.raw.JsWorkflowInstance;
import lunora.bridge.value.Js;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * One run of a workflow. What asks the platform suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workflows/build/workers-api/#workflowinstance">WorkflowInstance</a>
 */
public final class WorkflowInstance {

  /**
   * Where a run has got to.
   *
   * @param name {@code queued}, {@code running}, {@code paused}, {@code errored}, {@code
   *     terminated}, {@code complete}, {@code waiting} and others
   * @param output what it came to, when it is complete
   * @param error why it ended, when it is errored
   */
  public record Status(String name, @Nullable JsonText output, @Nullable JsonText error) {}

  private final JsWorkflowInstance js;

  WorkflowInstance(JsWorkflowInstance js) {
    this.js = js;
  }

  /** Does not suspend. */
  public String id() {
    return js.getId();
  }

  public Status status() {
    JSObject status = Awaited.object(Js.await(() -> js.status()));
    return new Status(
        name(status).stringValue(),
        JsonValues.text(member(status, "output")),
        JsonValues.text(member(status, "error")));
  }

  public void pause() {
    Awaited.nothing(() -> js.pause());
  }

  public void resume() {
    Awaited.nothing(() -> js.resume());
  }

  public void restart() {
    Awaited.nothing(() -> js.restart());
  }

  public void terminate() {
    Awaited.nothing(() -> js.terminate());
  }

  /** Gives a run what {@link WorkflowStep#waitForEvent} waits for. */
  public void sendEvent(String type, JsonText payload) {
    JSObject event =
        new JsOptions().with("type", type).value("payload", JsonValues.parsed(payload)).js();
    Awaited.nothing(() -> js.sendEvent(event));
  }

  @JSBody(params = "status", script = "return status.status;")
  private static native JSString name(JSObject status);

  @JSBody(
      params = {"status", "name"},
      script = "return status[name] === null ? undefined : status[name];")
  private static native @Nullable JSObject member(JSObject status, String name);
}
