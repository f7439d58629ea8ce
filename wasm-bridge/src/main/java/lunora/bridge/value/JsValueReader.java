package lunora.bridge.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/** Reads JavaScript's own values as those of the protocol (protocol section 2), as copies. */
public final class JsValueReader {

  private static final Value.Obj NO_PROPS = new Value.Obj(Map.of());

  private JsValueReader() {}

  /**
   * The protocol's value of a JavaScript one.
   *
   * @throws IllegalArgumentException for what the protocol cannot carry, such as functions,
   *     instances of other classes, and structures that contain themselves
   */
  public static Value read(@Nullable JSObject value) {
    return read(value, 0);
  }

  private static Value read(@Nullable JSObject value, int depth) {
    if (value == null) {
      return Value.Null.INSTANCE;
    }
    if (depth > WireCodec.DEPTH_MAX) {
      throw new IllegalArgumentException(
          "nested deeper than " + WireCodec.DEPTH_MAX + " levels, or within itself");
    }
    return switch (kind(value)) {
      case "undefined" -> Value.Undefined.INSTANCE;
      case "boolean" -> Value.Bool.of(JsScalars.bool(value));
      case "number" -> new Value.Num(JsScalars.number(value));
      case "string" -> new Value.Str(string(value));
      case "bigint" -> new Value.BigInt(new BigInteger(string(value)));
      case "date" -> new Value.Date(JsScalars.number(value));
      case "url" -> new Value.Url(string(value));
      case "array" -> new Value.Arr(items(list(value), depth));
      case "set" -> Value.SetOf.of(items(list(value), depth));
      case "map" -> map(list(value), depth);
      case "bytes" -> new Value.Bytes(JsBinary.toJava(value), view(value));
      case "object" -> fields(value, depth);
      case "error" -> new Value.Err(part(value, "name"), part(value, "message"), NO_PROPS, null);
      default -> throw new IllegalArgumentException("the protocol has no " + described(value));
    };
  }

  private static List<Value> items(JSArrayReader<JSObject> list, int depth) {
    List<Value> items = new ArrayList<>(list.getLength());
    for (int i = 0; i < list.getLength(); i++) {
      items.add(read(list.get(i), depth + 1));
    }
    return items;
  }

  private static Value map(JSArrayReader<JSObject> keysAndValues, int depth) {
    List<Value> flat = items(keysAndValues, depth);
    List<Value.Entry> entries = new ArrayList<>(flat.size() / 2);
    for (int i = 0; i < flat.size(); i += 2) {
      entries.add(new Value.Entry(flat.get(i), flat.get(i + 1)));
    }
    return Value.MapOf.of(entries);
  }

  private static Value.Obj fields(JSObject object, int depth) {
    JSArrayReader<JSString> names = keys(object);
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < names.getLength(); i++) {
      String name = names.get(i).stringValue();
      fields.put(name, read(field(object, name), depth + 1));
    }
    return new Value.Obj(fields);
  }

  @JSBody(
      params = "value",
      script =
          "var type = typeof value;"
              + "if (type !== 'object') return type;"
              + "if (Array.isArray(value)) return 'array';"
              + "if (value instanceof Date) return 'date';"
              + "if (value instanceof URL) return 'url';"
              + "if (value instanceof Map) return 'map';"
              + "if (value instanceof Set) return 'set';"
              + "if (value instanceof ArrayBuffer) return 'bytes';"
              + "if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return 'bytes';"
              + "if (value instanceof Error) return 'error';"
              + "var proto = Object.getPrototypeOf(value);"
              + "return proto === null || Object.getPrototypeOf(proto) === null"
              + " ? 'object' : 'other';")
  private static native String kind(JSObject value);

  @JSBody(
      params = "value",
      script =
          "var maker = value.constructor;"
              + "return typeof value === 'object' && maker && maker.name ? maker.name"
              + " : typeof value;")
  private static native String described(JSObject value);

  @JSBody(params = "value", script = "return String(value);")
  private static native String string(JSObject value);

  @JSBody(
      params = {"error", "name"},
      script = "return String(error[name]);")
  private static native String part(JSObject error, String name);

  /** The members of an array or set, the keys and values of a map in turn. */
  @JSBody(
      params = "value",
      script =
          "if (value instanceof Map) { var flat = [];"
              + "value.forEach(function (v, k) { flat.push(k, v); }); return flat; }"
              + "return Array.from(value);")
  private static native JSArrayReader<JSObject> list(JSObject value);

  @JSBody(
      params = "value",
      script =
          "var name = value instanceof ArrayBuffer ? 'ArrayBuffer' : value.constructor.name;"
              + "return name === 'Uint8Array' || name === 'Buffer' ? null : name;")
  private static native @Nullable String view(JSObject value);

  @JSBody(params = "object", script = "return Object.keys(object);")
  private static native JSArrayReader<JSString> keys(JSObject object);

  @JSBody(
      params = {"object", "name"},
      script = "return object[name];")
  private static native @Nullable JSObject field(JSObject object, String name);
}
