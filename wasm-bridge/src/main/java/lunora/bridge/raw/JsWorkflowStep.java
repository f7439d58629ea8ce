package lunora.bridge.raw;

import org.teavm.jso.JSMethod;
import org.teavm.jso.JSObject;

/**
 * What a running workflow may do that outlives the isolate.
 *
 * @see <a href="https://developers.cloudflare.com/workflows/build/workers-api/#step">Cloudflare
 *     documentation</a>
 */
public interface JsWorkflowStep extends JSObject {

  /** A promise of what the action's promise came to, now or in an earlier attempt. */
  @JSMethod("do")
  JsPromise perform(String name, JSObject config, JsAsyncAction action);

  /** A promise of nothing. */
  JsPromise sleep(String name, double milliseconds);

  /** A promise of an object with {@code payload}. */
  JsPromise waitForEvent(String name, JSObject options);
}
