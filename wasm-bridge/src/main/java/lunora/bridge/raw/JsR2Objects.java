package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * One page of a listing of R2.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2objects-definition">Cloudflare
 *     documentation</a>
 */
public interface JsR2Objects extends JSObject {

  @JSProperty
  JSArrayReader<JsR2Object> getObjects();

  @JSProperty
  boolean isTruncated();

  @JSProperty
  @Nullable String getCursor();

  @JSProperty
  JSArrayReader<JSString> getDelimitedPrefixes();
}
