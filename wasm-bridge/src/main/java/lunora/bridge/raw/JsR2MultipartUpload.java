package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * An upload to R2 in parts.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2multipartupload-definition">Cloudflare
 *     documentation</a>
 */
public interface JsR2MultipartUpload extends JSObject {

  @JSProperty
  String getKey();

  @JSProperty
  String getUploadId();

  /** A promise of a {@link JsR2UploadedPart}. */
  JsPromise uploadPart(int partNumber, JSObject value);

  /** A promise of a {@link JsR2Object}. */
  JsPromise complete(JSObject parts);

  /** A promise of nothing. */
  JsPromise abort();
}
