package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A {@code Uint8Array}.
 *
 * @see <a
 *     href="https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Uint8Array">MDN</a>
 */
public interface JsBytes extends JSObject {

  @JSProperty
  int getByteLength();
}
