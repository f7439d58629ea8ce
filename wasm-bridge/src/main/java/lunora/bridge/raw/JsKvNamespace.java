package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * A Workers KV namespace.
 *
 * @see <a href="https://developers.cloudflare.com/kv/api/">Cloudflare documentation</a>
 */
public interface JsKvNamespace extends JSObject {

  /** A promise of the value in the form that the options' type names, or of null. */
  JsPromise get(String key, JSObject options);

  /** A promise of a {@code Map} of values, null for those that are not there. */
  JsPromise get(JSArrayReader<JSString> keys, JSObject options);

  /** A promise of an object with {@code value} and {@code metadata}. */
  JsPromise getWithMetadata(String key, JSObject options);

  /** A promise of nothing. */
  JsPromise put(String key, JSObject value, JSObject options);

  /** A promise of nothing. */
  JsPromise delete(String key);

  /** A promise of a {@link JsKvPage}. */
  JsPromise list(JSObject options);
}
