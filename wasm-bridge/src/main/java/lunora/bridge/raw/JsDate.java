package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * A {@code Date}.
 *
 * @see <a
 *     href="https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Date">MDN</a>
 */
public interface JsDate extends JSObject {

  /** Epoch milliseconds. */
  double getTime();
}
