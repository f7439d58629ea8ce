package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;

/**
 * What a statement of D1 came to.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/return-object/">Cloudflare
 *     documentation</a>
 */
public interface JsD1Result extends JSObject {

  @JSProperty
  JSArrayReader<JSObject> getResults();

  @JSProperty
  JsD1Meta getMeta();
}
