package lunora.bridge.edge;

import java.util.ArrayList;
import java.util.List;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/** An object that JavaScript gives as options. What has the wrong type is refused by name. */
final class OptionObject {

  private final JSObject js;
  private final String name;

  /**
   * Wraps the object.
   *
   * @param name what it is called where it is given
   */
  OptionObject(JSObject js, String name) {
    this.js = js;
    this.name = name;
  }

  /** The object itself. */
  JSObject js() {
    return js;
  }

  /** The value as it is; null for null and undefined. */
  @Nullable JSObject value(String key) {
    return value(js, key);
  }

  /** A function, or an object with the method; null when not given. */
  @Nullable JsHook hook(String key, String method) {
    JSObject value = value(key);
    return value == null ? null : JsHook.of(value, method, name + "." + key);
  }

  @Nullable String text(String key) {
    JSObject value = value(key);
    if (value == null) {
      return null;
    }
    if (!"string".equals(type(value))) {
      throw wrong(key, "text");
    }
    return string(value).stringValue();
  }

  /** A boolean; what is given when it is not given. */
  boolean flag(String key, boolean otherwise) {
    JSObject value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (!"boolean".equals(type(value))) {
      throw wrong(key, "true or false");
    }
    return truth(value);
  }

  /** Whether it is given as {@code false}. */
  boolean isOff(String key) {
    JSObject value = value(key);
    return value != null && "boolean".equals(type(value)) && !truth(value);
  }

  /** An object; null when not given or given as {@code true} or {@code false}. */
  @Nullable OptionObject object(String key) {
    JSObject value = value(key);
    if (value == null || "boolean".equals(type(value))) {
      return null;
    }
    if (!"object".equals(type(value))) {
      throw wrong(key, "an object");
    }
    return new OptionObject(value, name + "." + key);
  }

  /** A list of texts, or one text alone; empty when not given. */
  List<String> texts(String key) {
    JSObject value = value(key);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    JSArrayReader<JSObject> list = list(value);
    for (int i = 0; i < list.getLength(); i++) {
      if (!"string".equals(type(list.get(i)))) {
        throw wrong(key, "text or a list of texts");
      }
      texts.add(string(list.get(i)).stringValue());
    }
    return texts;
  }

  /** The members of a list, or one value alone. */
  JSArrayReader<JSObject> members(String key) {
    JSObject value = value(key);
    return list(value);
  }

  /** The names of the object's own members, in their order. */
  List<String> keys() {
    JSArrayReader<JSString> keys = keys(js);
    List<String> names = new ArrayList<>(keys.getLength());
    for (int i = 0; i < keys.getLength(); i++) {
      names.add(keys.get(i).stringValue());
    }
    return names;
  }

  LunoraException wrong(String key, String expected) {
    return new LunoraException(ErrorCode.MISCONFIGURED, name + "." + key + " must be " + expected);
  }

  @JSBody(
      params = {"object", "key"},
      script = "var value = object[key]; return value === undefined ? null : value;")
  private static native @Nullable JSObject value(JSObject object, String key);

  @JSBody(params = "value", script = "return typeof value;")
  static native String type(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JSString string(JSObject value);

  @JSBody(params = "value", script = "return value === true;")
  private static native boolean truth(JSObject value);

  @JSBody(
      params = "value",
      script =
          "return value === null || value === undefined ? []"
              + " : Array.isArray(value) ? value : [value];")
  private static native JSArrayReader<JSObject> list(@Nullable JSObject value);

  @JSBody(params = "object", script = "return Object.keys(object);")
  private static native JSArrayReader<JSString> keys(JSObject object);
}
