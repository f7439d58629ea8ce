package lunora.bridge.raw;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** What {@code new Promise} calls at once with the promise's two ends. */
@JSFunctor
public interface JsExecutor extends JSObject {

  void run(JsCallback resolve, JsCallback reject);
}
