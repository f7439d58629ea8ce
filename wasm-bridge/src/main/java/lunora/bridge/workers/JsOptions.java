package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/** An options object under construction: what nobody set stays undefined. */
final class JsOptions {

  private final JSObject object = object();

  JSObject js() {
    return object;
  }

  JsOptions with(String name, @Nullable String value) {
    if (value != null) {
      put(object, name, JSString.valueOf(value));
    }
    return this;
  }

  JsOptions value(String name, JSObject value) {
    put(object, name, value);
    return this;
  }

  JsOptions flag(String name, boolean value) {
    put(object, name, value);
    return this;
  }

  JsOptions number(String name, double value) {
    put(object, name, value);
    return this;
  }

  static JSArrayReader<JSString> strings(List<String> texts) {
    JSArrayReader<JSString> list = list();
    for (String text : texts) {
      push(list, JSString.valueOf(text));
    }
    return list;
  }

  static List<String> texts(JSArrayReader<JSString> values) {
    List<String> texts = new ArrayList<>(values.getLength());
    for (int i = 0; i < values.getLength(); i++) {
      texts.add(values.get(i).stringValue());
    }
    return texts;
  }

  @JSBody(script = "return {};")
  private static native JSObject object();

  @JSBody(
      params = {"object", "name", "value"},
      script = "object[name] = value;")
  private static native void put(JSObject object, String name, JSObject value);

  @JSBody(
      params = {"object", "name", "value"},
      script = "object[name] = !!value;")
  private static native void put(JSObject object, String name, boolean value);

  @JSBody(
      params = {"object", "name", "value"},
      script = "object[name] = value;")
  private static native void put(JSObject object, String name, double value);

  @JSBody(script = "return [];")
  private static native JSArrayReader<JSString> list();

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSArrayReader<JSString> list, JSString value);
}
