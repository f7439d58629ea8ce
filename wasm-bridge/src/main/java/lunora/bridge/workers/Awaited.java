package lunora.bridge.workers;

import lunora.bridge.raw.JsResponse;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/** What the platform's promises come to, as Java types. Every method with a start suspends. */
final class Awaited {

  private Awaited() {}

  static void nothing(Js.Start start) {
    Js.await(start);
  }

  static String text(Js.Start start) {
    return string(Js.await(start)).stringValue();
  }

  static byte[] bytes(Js.Start start) {
    return JsBinary.toJava(object(Js.await(start)));
  }

  static boolean flag(Js.Start start) {
    return bool(Js.await(start));
  }

  static int count(Js.Start start) {
    return (int) number(start);
  }

  /** A number, or NaN for anything else. */
  static double number(Js.Start start) {
    return number(Js.await(start));
  }

  static WorkersResponse response(Js.Start start) {
    return new WorkersResponse(response(Js.await(start)));
  }

  /** Null for null and undefined. */
  static @Nullable JSObject value(Js.Start start) {
    return nullable(Js.await(start));
  }

  /** The same value, with undefined as null. */
  @JSBody(params = "value", script = "return value === undefined ? null : value;")
  static native @Nullable JSObject nullable(@Nullable JSObject value);

  /** The same value, which the platform never leaves out. */
  @JSBody(params = "value", script = "return value;")
  static native JSObject object(@Nullable JSObject value);

  @JSBody(params = "value", script = "return String(value);")
  private static native JSString string(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value === true;")
  private static native boolean bool(@Nullable JSObject value);

  @JSBody(params = "value", script = "return typeof value === 'number' ? value : NaN;")
  private static native double number(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JsResponse response(@Nullable JSObject value);
}
