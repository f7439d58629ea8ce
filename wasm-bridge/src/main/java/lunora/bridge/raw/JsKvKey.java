package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A key of a listing.
 *
 * @see <a href="https://developers.cloudflare.com/kv/api/list-keys/">Cloudflare documentation</a>
 */
public interface JsKvKey extends JSObject {

  @JSProperty
  String getName();
}
