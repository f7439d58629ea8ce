package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * An R2 bucket.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#bucket-method-definitions">Cloudflare
 *     documentation</a>
 */
public interface JsR2Bucket extends JSObject {

  /** A promise of a {@link JsR2Object}, or of null. */
  JsPromise head(String key);

  /** A promise of a {@link JsR2Object}, with a body if its condition holds, or of null. */
  JsPromise get(String key, JSObject options);

  /** A promise of a {@link JsR2Object}, or of null when the condition does not hold. */
  JsPromise put(String key, @Nullable JSObject value, JSObject options);

  /** A promise of nothing. */
  JsPromise delete(JSArrayReader<JSString> keys);

  /** A promise of a {@link JsR2Objects}. */
  JsPromise list(JSObject options);

  /** A promise of a {@link JsR2MultipartUpload}. */
  JsPromise createMultipartUpload(String key, JSObject options);

  JsR2MultipartUpload resumeMultipartUpload(String key, String uploadId);
}
