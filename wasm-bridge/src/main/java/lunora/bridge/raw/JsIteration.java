package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * One step of a {@link JsIterator}.
 *
 * @see <a
 *     href="https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Iteration_protocols">MDN</a>
 */
public interface JsIteration extends JSObject {

  @JSProperty
  boolean isDone();

  /** Undefined when done. */
  @JSProperty
  @Nullable JSObject getValue();
}
