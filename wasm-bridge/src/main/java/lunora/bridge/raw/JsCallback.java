package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A JavaScript function of one value. Its body must not suspend. */
@JSFunctor
public interface JsCallback extends JSObject {

  void call(@Nullable JSObject value);
}
