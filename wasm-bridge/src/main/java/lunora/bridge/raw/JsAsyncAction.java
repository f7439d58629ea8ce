package lunora.bridge.raw;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A JavaScript function without parameters that promises. Its body must not suspend. */
@JSFunctor
public interface JsAsyncAction extends JSObject {

  JsPromise run();
}
