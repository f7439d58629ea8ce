package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * Which version of the Worker runs.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/bindings/version-metadata/">Cloudflare
 *     documentation</a>
 */
public interface JsVersionMetadata extends JSObject {

  @JSProperty
  String getId();

  @JSProperty
  String getTag();

  @JSProperty
  String getTimestamp();
}
