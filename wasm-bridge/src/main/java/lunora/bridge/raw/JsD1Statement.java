package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * A prepared statement of D1. Binding takes any number of values and so has no method here.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/prepared-statements/">Cloudflare
 *     documentation</a>
 */
public interface JsD1Statement extends JSObject {

  /** A promise of a {@link JsD1Result} with rows. */
  JsPromise all();

  /** A promise of a {@link JsD1Result}. */
  JsPromise run();

  /** A promise of an object, or of null. */
  JsPromise first();

  /** A promise of an array of arrays. */
  JsPromise raw(JSObject options);
}
