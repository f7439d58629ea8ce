package lunora.bridge.host;

import java.util.ArrayDeque;
import lunora.bridge.raw.JsAction;
import lunora.bridge.raw.JsCallback;
import lunora.bridge.raw.JsExecutor;
import lunora.bridge.raw.JsPromise;
import lunora.bridge.value.JsErrors;
import lunora.host.inbound.PreparedCall;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * Calls of one object that write, held for a moment and answered in one turn of the event loop: the
 * platform then commits, and waits for the disk, once for all of them
 * (docs/adr/0028-one-commit.md). They run in the order they came. Nothing here suspends.
 */
public final class CfTurn {

  /** The answer to a call that the virtual machine broke off. */
  @FunctionalInterface
  public interface Broken {
    JSObject answer(Throwable failure);
  }

  private final Broken broken;
  private final ArrayDeque<Held> held = new ArrayDeque<>();

  /** A turn without calls. */
  public CfTurn(Broken broken) {
    this.broken = broken;
  }

  private record Held(PreparedCall call, JsCallback resolve) {}

  public boolean isEmpty() {
    return held.isEmpty();
  }

  /** Holds a call. The promise of its {@link CfAnswer} never rejects. */
  public JsPromise add(PreparedCall call) {
    return promise(
        (resolve, reject) -> {
          held.add(new Held(call, resolve));
          if (held.size() == 1) {
            later(this::answerAll);
          }
        });
  }

  private void answerAll() {
    for (Held next = held.poll(); next != null; next = held.poll()) {
      Held each = next;
      guarded(
          () -> each.resolve.call(CfAnswer.write(each.call.answer())),
          error -> each.resolve.call(broken.answer(JsErrors.toJava(error))));
    }
  }

  /** Caught in JavaScript: on Wasm what the virtual machine throws is not seen by Java. */
  @JSBody(
      params = {"action", "failed"},
      script = "try { action(); } catch (e) { failed(e); }")
  private static native void guarded(JsAction action, JsCallback failed);

  @JSBody(params = "action", script = "setTimeout(action, 0);")
  private static native void later(JsAction action);

  @JSBody(params = "executor", script = "return new Promise(executor);")
  private static native JsPromise promise(JsExecutor executor);
}
