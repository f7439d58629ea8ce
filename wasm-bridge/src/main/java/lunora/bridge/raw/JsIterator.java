package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * Values one after another.
 *
 * @see <a
 *     href="https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Iteration_protocols">MDN</a>
 */
public interface JsIterator extends JSObject {

  JsIteration next();
}
