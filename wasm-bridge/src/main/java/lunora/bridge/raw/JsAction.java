package lunora.bridge.raw;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A JavaScript function without parameters or result. Its body must not suspend. */
@JSFunctor
public interface JsAction extends JSObject {

  void run();
}
