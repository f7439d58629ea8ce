package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * A workflow that can be started.
 *
 * @see <a href="https://developers.cloudflare.com/workflows/build/workers-api/#workflow">Cloudflare
 *     documentation</a>
 */
public interface JsWorkflow extends JSObject {

  /** A promise of a {@link JsWorkflowInstance}. */
  JsPromise create(JSObject options);

  /** A promise of a {@link JsWorkflowInstance}. */
  JsPromise get(String id);
}
