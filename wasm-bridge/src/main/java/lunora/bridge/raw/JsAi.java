package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * Workers AI.
 *
 * @see <a href="https://developers.cloudflare.com/workers-ai/configuration/bindings/">Cloudflare
 *     documentation</a>
 */
public interface JsAi extends JSObject {

  /** A promise of an object, or of a stream. */
  JsPromise run(String model, JSObject inputs);
}
