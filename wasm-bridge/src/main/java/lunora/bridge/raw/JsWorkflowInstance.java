package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * One run of a workflow.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workflows/build/workers-api/#workflowinstance">Cloudflare
 *     documentation</a>
 */
public interface JsWorkflowInstance extends JSObject {

  @JSProperty
  String getId();

  /** A promise of an object with {@code status}, {@code error} and {@code output}. */
  JsPromise status();

  /** A promise of nothing. */
  JsPromise pause();

  /** A promise of nothing. */
  JsPromise resume();

  /** A promise of nothing. */
  JsPromise restart();

  /** A promise of nothing. */
  JsPromise terminate();

  /** A promise of nothing. */
  JsPromise sendEvent(JSObject event);
}
