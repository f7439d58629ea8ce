package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * A Vectorize index.
 *
 * @see <a href="https://developers.cloudflare.com/vectorize/reference/client-api/">Cloudflare
 *     documentation</a>
 */
public interface JsVectorize extends JSObject {

  /** A promise of an object with {@code mutationId}. */
  JsPromise insert(JSObject vectors);

  /** A promise of an object with {@code mutationId}. */
  JsPromise upsert(JSObject vectors);

  /** A promise of an object with {@code matches}. */
  JsPromise query(JSObject vector, JSObject options);

  /** A promise of an array of vectors. */
  JsPromise getByIds(JSArrayReader<JSString> ids);

  /** A promise of an object with {@code mutationId}. */
  JsPromise deleteByIds(JSArrayReader<JSString> ids);

  /** A promise of an object about the index. */
  JsPromise describe();
}
