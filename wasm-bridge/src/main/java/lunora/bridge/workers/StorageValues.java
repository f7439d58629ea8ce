package lunora.bridge.workers;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.bridge.value.JsBinary;
import lunora.bridge.value.JsScalars;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/** Java values as SQL cells and as the key-value storage keeps them. */
final class StorageValues {

  private static final int TEXT = 1;
  private static final int NUMBER = 2;
  private static final int FLAG = 3;
  private static final int BYTES = 4;

  private StorageValues() {}

  static JSObject toJs(Object value) {
    if (value instanceof String text) {
      return JSString.valueOf(text);
    }
    if (value instanceof Number number) {
      return JsScalars.ofNumber(number.doubleValue());
    }
    if (value instanceof Boolean flag) {
      return JsScalars.ofBool(flag);
    }
    if (value instanceof byte[] bytes) {
      return JsBinary.toJs(bytes);
    }
    throw new IllegalArgumentException("no stored form of " + value.getClass().getName());
  }

  static @Nullable Object toJava(@Nullable JSObject value) {
    JSObject present = Awaited.nullable(value);
    if (present == null) {
      return null;
    }
    return switch (kind(present)) {
      case TEXT -> text(present).stringValue();
      case NUMBER -> JsScalars.number(present);
      case FLAG -> JsScalars.bool(present);
      case BYTES -> JsBinary.toJava(present);
      default -> throw new IllegalStateException("a stored value that Java did not write");
    };
  }

  /** A JavaScript {@code Map}, or any other iterable of pairs, in its order. */
  static Map<String, Object> pairs(JSObject pairs) {
    Map<String, Object> all = new LinkedHashMap<>();
    each(pairs, (key, value) -> put(all, key, value));
    return all;
  }

  private static void put(Map<String, Object> all, JSString key, JSObject value) {
    Object java = toJava(value);
    if (java != null) {
      all.put(key.stringValue(), java);
    }
  }

  /** Takes one pair. */
  @JSFunctor
  private interface Taker extends JSObject {
    void take(JSString key, JSObject value);
  }

  @JSBody(
      params = {"pairs", "taker"},
      script = "Array.from(pairs).forEach(function (pair) { taker(pair[0], pair[1]); });")
  private static native void each(JSObject pairs, Taker taker);

  @JSBody(
      params = "value",
      script =
          "if (typeof value === 'string') return 1;"
              + "if (typeof value === 'number') return 2;"
              + "if (typeof value === 'boolean') return 3;"
              + "return value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? 4 : 0;")
  private static native int kind(JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JSString text(JSObject value);
}
