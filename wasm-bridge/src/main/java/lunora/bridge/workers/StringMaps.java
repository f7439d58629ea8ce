package lunora.bridge.workers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/** Plain objects of strings. */
final class StringMaps {

  private StringMaps() {}

  static Map<String, String> toJava(@Nullable JSObject object) {
    Map<String, String> map = new LinkedHashMap<>();
    JSObject present = Awaited.nullable(object);
    if (present == null) {
      return map;
    }
    JSArrayReader<JSString> names = names(present);
    for (int i = 0; i < names.getLength(); i++) {
      map.put(names.get(i).stringValue(), text(present, names.get(i)).stringValue());
    }
    return map;
  }

  static JSObject toJs(Map<String, String> map) {
    JsOptions object = new JsOptions();
    for (Map.Entry<String, String> entry : map.entrySet()) {
      object.with(entry.getKey(), entry.getValue());
    }
    return object.js();
  }

  @JSBody(params = "object", script = "return Object.keys(object);")
  private static native JSArrayReader<JSString> names(JSObject object);

  @JSBody(
      params = {"object", "name"},
      script = "return String(object[name]);")
  private static native JSString text(JSObject object, JSString name);
}
