package lunora.bridge.raw;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** What a WebSocket calls with each event. Its body must not suspend. */
@JSFunctor
public interface JsSocketCallback extends JSObject {

  void on(JsSocketEvent event);
}
