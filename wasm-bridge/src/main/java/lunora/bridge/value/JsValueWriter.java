package lunora.bridge.value;

import java.util.List;
import java.util.Map;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/** Writes values of the protocol (protocol section 2) as JavaScript's own, as copies. */
public final class JsValueWriter {

  private JsValueWriter() {}

  /** The JavaScript value of one of the protocol. Errors become objects of their parts. */
  public static @Nullable JSObject write(Value value) {
    if (value instanceof Value.Null) {
      return null;
    }
    if (value instanceof Value.Obj object) {
      return object(object);
    }
    if (value instanceof Value.Arr array) {
      return array(array.items());
    }
    if (value instanceof Value.SetOf set) {
      return set(array(set.members()));
    }
    if (value instanceof Value.MapOf map) {
      return map(map.entries());
    }
    return scalar(value);
  }

  private static @Nullable JSObject scalar(Value value) {
    if (value instanceof Value.Str text) {
      return JSString.valueOf(text.value());
    }
    if (value instanceof Value.Num number) {
      return JsScalars.ofNumber(number.value());
    }
    if (value instanceof Value.Bool bool) {
      return JsScalars.ofBool(bool.value());
    }
    if (value instanceof Value.BigInt big) {
      return ofBigInt(big.value().toString());
    }
    if (value instanceof Value.Date date) {
      return ofDate(date.epochMs());
    }
    if (value instanceof Value.Url url) {
      return ofUrl(url.href());
    }
    if (value instanceof Value.Bytes bytes) {
      return JsBinary.toJs(bytes.bytes());
    }
    if (value instanceof Value.Err error) {
      return ofError(error.name(), error.message());
    }
    return undefined();
  }

  private static JSObject object(Value.Obj object) {
    JSObject made = newObject();
    for (Map.Entry<String, Value> field : object.fields().entrySet()) {
      define(made, field.getKey(), write(field.getValue()));
    }
    return made;
  }

  private static JSObject array(List<Value> items) {
    JSObject made = newArray();
    for (Value item : items) {
      push(made, write(item));
    }
    return made;
  }

  private static JSObject map(List<Value.Entry> entries) {
    JSObject made = newMap();
    for (Value.Entry entry : entries) {
      set(made, write(entry.key()), write(entry.value()));
    }
    return made;
  }

  @JSBody(script = "return {};")
  private static native JSObject newObject();

  /** Defined and not assigned: {@code __proto__} is an ordinary name. */
  @JSBody(
      params = {"object", "name", "value"},
      script =
          "Object.defineProperty(object, name,"
              + " {value: value, configurable: true, enumerable: true, writable: true});")
  private static native void define(JSObject object, String name, @Nullable JSObject value);

  @JSBody(script = "return [];")
  private static native JSObject newArray();

  @JSBody(
      params = {"array", "value"},
      script = "array.push(value);")
  private static native void push(JSObject array, @Nullable JSObject value);

  @JSBody(params = "array", script = "return new Set(array);")
  private static native JSObject set(JSObject array);

  @JSBody(script = "return new Map();")
  private static native JSObject newMap();

  @JSBody(
      params = {"map", "key", "value"},
      script = "map.set(key, value);")
  private static native void set(JSObject map, @Nullable JSObject key, @Nullable JSObject value);

  @JSBody(params = "digits", script = "return BigInt(digits);")
  private static native JSObject ofBigInt(String digits);

  @JSBody(params = "epochMs", script = "return new Date(epochMs);")
  private static native JSObject ofDate(double epochMs);

  @JSBody(params = "href", script = "return new URL(href);")
  private static native JSObject ofUrl(String href);

  @JSBody(
      params = {"name", "message"},
      script = "return { name: name, message: message };")
  private static native JSObject ofError(String name, String message);

  @JSBody(script = "return undefined;")
  private static native @Nullable JSObject undefined();
}
