package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A part that R2 has.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2uploadedpart-definition">Cloudflare
 *     documentation</a>
 */
public interface JsR2UploadedPart extends JSObject {

  @JSProperty
  int getPartNumber();

  @JSProperty
  String getEtag();
}
