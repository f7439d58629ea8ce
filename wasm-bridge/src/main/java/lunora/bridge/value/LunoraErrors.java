package lunora.bridge.value;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * {@code LunoraError} of the JavaScript API and {@link LunoraException}: the one is the other on
 * its side of the bridge. Told by its name, not by its class: an app's bundle may hold two copies.
 */
public final class LunoraErrors {

  private static final int STATUS_MIN = 400;
  private static final int STATUS_MAX = 599;

  /** Makes a {@code LunoraError}. */
  @JSFunctor
  public interface Maker extends JSObject {
    JSObject make(String code, String message, JSObject options);
  }

  private static @Nullable Maker maker;

  private LunoraErrors() {}

  /** Registers the class. Called once, while the module loads. */
  public static void install(Maker installed) {
    maker = installed;
  }

  /** What Java throws for what JavaScript threw: a coded refusal where it is one. */
  public static RuntimeException toJava(@Nullable JSObject thrown) {
    return coded(JsErrors.toJava(thrown));
  }

  /** The same for what Java caught. */
  public static RuntimeException coded(Throwable caught) {
    Throwable error = JsErrors.caught(caught);
    if (error instanceof JsException foreign) {
      JSObject thrown = foreign.thrown();
      if (thrown != null && isLunoraError(thrown)) {
        return refusal(thrown, foreign);
      }
    }
    return JsErrors.unchecked(error);
  }

  private static LunoraException refusal(JSObject thrown, JsException cause) {
    String code = text(thrown, "code");
    String message = text(thrown, "message");
    double given = status(thrown);
    boolean usable = given >= STATUS_MIN && given <= STATUS_MAX;
    int status = usable ? (int) given : ErrorCode.find(code).map(ErrorCode::status).orElse(500);
    LunoraException refusal = new LunoraException(code, status, message);
    refusal.initCause(cause);
    JSObject data = data(thrown);
    if (data != null) {
      refusal = refusal.withData(JsValueReader.read(data));
    }
    JSString hint = hint(thrown);
    if (hint != null) {
      refusal = refusal.withHint(hint.stringValue());
    }
    return refusal;
  }

  /** What JavaScript sees of a Java exception: the very error that it threw, where it was its. */
  public static @Nullable JSObject toJs(Throwable exception) {
    Throwable error = JsErrors.caught(exception);
    Maker known = maker;
    if (!(error instanceof LunoraException refusal) || known == null) {
      return JsErrors.toJs(error);
    }
    if (refusal.getCause() instanceof JsException original && isCoded(original)) {
      return original.thrown();
    }
    JSObject options = options(refusal.status());
    Value data = refusal.data();
    if (data != null) {
      put(options, "data", JsValueWriter.write(data));
    }
    if (!refusal.hints().isEmpty()) {
      put(options, "hint", JSString.valueOf(refusal.hints().get(0)));
    }
    return known.make(refusal.code(), String.valueOf(refusal.getMessage()), options);
  }

  /** The same as an exception, for code whose throws go out as JavaScript. */
  public static JsException asJs(Throwable exception) {
    return new JsException(toJs(exception), String.valueOf(exception.getMessage()), null, null);
  }

  private static boolean isCoded(JsException exception) {
    JSObject thrown = exception.thrown();
    return thrown != null && isLunoraError(thrown);
  }

  @JSBody(
      params = "error",
      script =
          "return typeof error === 'object' && error.name === 'LunoraError'"
              + " && typeof error.code === 'string' && error.code !== '';")
  private static native boolean isLunoraError(JSObject error);

  @JSBody(
      params = {"error", "name"},
      script = "return String(error[name]);")
  private static native String text(JSObject error, String name);

  @JSBody(params = "error", script = "return Number.isInteger(error.status) ? error.status : -1;")
  private static native double status(JSObject error);

  @JSBody(params = "error", script = "return error.data === undefined ? null : error.data;")
  private static native @Nullable JSObject data(JSObject error);

  @JSBody(params = "error", script = "return typeof error.hint === 'string' ? error.hint : null;")
  private static native @Nullable JSString hint(JSObject error);

  @JSBody(params = "status", script = "return { status: status };")
  private static native JSObject options(int status);

  @JSBody(
      params = {"object", "name", "value"},
      script = "object[name] = value;")
  private static native void put(JSObject object, String name, @Nullable JSObject value);
}
