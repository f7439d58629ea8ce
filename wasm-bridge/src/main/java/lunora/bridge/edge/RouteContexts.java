package lunora.bridge.edge;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** The third argument of a route: the platform's context, with the named parts of the path. */
final class RouteContexts {

  private RouteContexts() {}

  /** A view of the context that has {@code params} as well. */
  static JSObject of(@Nullable JSObject context, Map<String, String> params) {
    JSObject object = newObject();
    for (Map.Entry<String, String> param : params.entrySet()) {
      define(object, param.getKey(), param.getValue());
    }
    return view(context, object);
  }

  @JSBody(script = "return {};")
  private static native JSObject newObject();

  @JSBody(
      params = {"object", "name", "value"},
      script = "Object.defineProperty(object, name, { value: value, enumerable: true });")
  private static native void define(JSObject object, String name, String value);

  /** The platform's methods refuse another {@code this}, so a mere heir of the context fails. */
  @JSBody(
      params = {"context", "params"},
      script =
          "return new Proxy(context || {}, { get: function (target, name) {"
              + "  if (name === 'params') return params;"
              + "  var value = Reflect.get(target, name, target);"
              + "  return typeof value === 'function' ? value.bind(target) : value; } });")
  private static native JSObject view(@Nullable JSObject context, JSObject params);
}
