package lunora.bridge.value;

import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/** Java parameters as the argument list of {@code sql.exec}. */
public final class JsSqlParams {

  /** The platform's limit on bound parameters. */
  private static final int PARAMS_MAX = 100;

  /** The largest magnitude that a JavaScript number holds exactly: 2^53. */
  private static final long INTEGER_MAX = 1L << 53;

  private JsSqlParams() {}

  /**
   * The statement followed by its parameters: null, {@link String}, {@link JsonText}, {@link
   * Integer}, {@link Long} up to 2^53, {@link Double} or {@code byte[]}.
   *
   * @throws IllegalArgumentException for more than 100 parameters or another type
   */
  public static JSObject call(String statement, @Nullable Object... params) {
    if (params.length > PARAMS_MAX) {
      throw new IllegalArgumentException("at most " + PARAMS_MAX + " SQL parameters");
    }
    JSObject call = list(JSString.valueOf(statement));
    for (Object param : params) {
      add(call, param);
    }
    return call;
  }

  private static void add(JSObject call, @Nullable Object param) {
    // What is most frequent first, and classes before interfaces, which take a search.
    if (param instanceof String text) {
      push(call, JSString.valueOf(text));
    } else if (param instanceof Double number) {
      push(call, (double) number);
    } else if (param instanceof JsText json) {
      push(call, JsText.toJs(json));
    } else if (param instanceof Integer number) {
      push(call, (double) number);
    } else if (param instanceof Long number) {
      push(call, exact(number));
    } else if (param instanceof byte[] bytes) {
      push(call, JsBinary.toJs(bytes));
    } else if (param == null) {
      push(call, (JSObject) null);
    } else if (param instanceof JsonText json) {
      push(call, JsText.toJs(json));
    } else {
      throw new IllegalArgumentException("no SQL type for " + param.getClass().getName());
    }
  }

  private static double exact(long number) {
    if (number > INTEGER_MAX || number < -INTEGER_MAX) {
      throw new IllegalArgumentException("integer beyond 2^53: " + number);
    }
    return (double) number;
  }

  @JSBody(params = "first", script = "return [first];")
  private static native JSObject list(JSString first);

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, @Nullable JSObject value);

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, double value);
}
