package lunora.bridge.host;

import lunora.bridge.raw.JsPromise;
import lunora.bridge.value.Js;
import lunora.host.remote.Timer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * {@code setTimeout} as a wait that can be ended early.
 *
 * @see <a href="https://developers.cloudflare.com/workers/runtime-apis/performance/">Timers</a>
 */
final class CfTimer implements Timer {

  /** One wait: its promise, and what settles it. */
  private interface Wait extends JSObject {}

  private @Nullable Wait wait;

  @Override
  public void sleep(long ms) {
    Wait begun = begin(ms);
    wait = begun;
    Js.await(promise(begun));
    wait = null;
  }

  @Override
  public void wake() {
    Wait current = wait;
    if (current != null) {
      end(current);
    }
  }

  @JSBody(
      params = "ms",
      script =
          "var wait = {};"
              + "wait.promise = new Promise(function (resolve) {"
              + "  var timer = setTimeout(resolve, ms);"
              + "  wait.end = function () { clearTimeout(timer); resolve(); }; });"
              + "return wait;")
  private static native Wait begin(double ms);

  @JSBody(params = "wait", script = "return wait.promise;")
  private static native JsPromise promise(Wait wait);

  @JSBody(params = "wait", script = "wait.end();")
  private static native void end(Wait wait);
}
