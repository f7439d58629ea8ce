package lunora.bridge.value;

import lunora.error.SeveralFailures;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSExceptions;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArray;

/**
 * The one place where errors cross between Java and JavaScript, in either direction.
 *
 * <p>Identity survives the round trip: a Java exception that went out as an error comes back as the
 * same object, and so does a thrown JavaScript value.
 */
public final class JsErrors {

  private static final int CAUSE_DEPTH_MAX = 16;

  /** How TeaVM marks the exception it makes of a JavaScript error that Java code caught. */
  private static final String WRAPPER_MARK = "(JavaScript) ";

  /** Frames of a stack. The platform's 10 end before the app's own code. */
  private static final int FRAMES_MAX = 50;

  private JsErrors() {}

  /** Makes the platform record whole stacks. Called once, while the module loads. */
  public static void recordWholeStacks() {
    stackTraceLimit(FRAMES_MAX);
  }

  /** What Java throws for a value that JavaScript threw or rejected with. */
  public static Throwable toJava(@Nullable JSObject thrown) {
    return toJava(thrown, CAUSE_DEPTH_MAX);
  }

  private static Throwable toJava(@Nullable JSObject thrown, int depth) {
    if (thrown == null || !isError(thrown)) {
      return new JsException(thrown, text(thrown), null, null);
    }
    Throwable known = JSExceptions.getJavaException(thrown);
    return known != null && !isWrapper(known) ? known : foreign(thrown, depth);
  }

  private static JsException foreign(JSObject error, int depth) {
    JsException made = new JsException(error, text(error), code(error), stack(error));
    JSObject cause = cause(error);
    if (cause != null && depth > 0) {
      made.initCause(toJava(cause, depth - 1));
    }
    return made;
  }

  /** {@link #toJava} for an error of the platform's own, such as that of a broken socket. */
  public static JsException foreign(@Nullable JSObject error) {
    return error == null || !isError(error)
        ? new JsException(error, text(error), null, null)
        : foreign(error, CAUSE_DEPTH_MAX);
  }

  /**
   * The same for what a Java {@code catch} got: an exception of Java's own is returned as it is,
   * TeaVM's wrapper around a JavaScript error becomes a {@link JsException}.
   */
  public static Throwable caught(Throwable caught) {
    return isWrapper(caught) ? toJava(JSExceptions.getJSException(caught)) : caught;
  }

  /** {@link #caught} for rethrowing: errors are thrown here, exceptions returned. */
  public static RuntimeException unchecked(Throwable caught) {
    Throwable error = caught(caught);
    if (error instanceof Error fatal) {
      throw fatal;
    }
    return error instanceof RuntimeException known ? known : new IllegalStateException(error);
  }

  /**
   * What JavaScript sees of an exception: the original value of a {@link JsException}, else an
   * {@code Error} with the message {@code <class>: <message>}, the stack of the throw, and causes;
   * {@link SeveralFailures} are an {@code AggregateError}.
   */
  public static @Nullable JSObject toJs(Throwable exception) {
    return toJs(exception, CAUSE_DEPTH_MAX);
  }

  private static @Nullable JSObject toJs(Throwable exception, int depth) {
    Throwable error = caught(exception);
    if (error instanceof SeveralFailures several && depth > 0) {
      return aggregate(several, depth);
    }
    return error instanceof JsException foreign ? foreign.thrown() : described(error, depth);
  }

  private static JSObject aggregate(SeveralFailures several, int depth) {
    JSArray<JSObject> errors = new JSArray<>();
    for (RuntimeException each : several.failures()) {
      errors.push(toJs(each, depth - 1));
    }
    return aggregate(errors, several.getMessage());
  }

  private static JSObject described(Throwable error, int depth) {
    JSObject twin = twin(error);
    Throwable cause = error instanceof JsException ? error : error.getCause();
    describe(twin, error.toString(), cause == null || depth == 0 ? null : toJs(cause, depth - 1));
    return twin;
  }

  /** TeaVM's native error of the exception. It is made when the exception is first thrown. */
  private static JSObject twin(Throwable error) {
    JSObject known = JSExceptions.getJSException(error);
    if (known != null && isError(known)) {
      return known;
    }
    try {
      throw error;
    } catch (Throwable thrown) {
      return JSExceptions.getJSException(thrown);
    }
  }

  /**
   * Class, message, stack and causes as one text for a log. A {@link JsException} shows both where
   * Java met it and, as its cause, what JavaScript threw.
   */
  public static String trace(Throwable exception) {
    Throwable error = caught(exception);
    StringBuilder text = new StringBuilder(trace(described(error, CAUSE_DEPTH_MAX)));
    if (error instanceof SeveralFailures several) {
      // The first is the cause already.
      for (RuntimeException each : several.failures().subList(1, several.failures().size())) {
        text.append("\nAnd: ").append(trace(described(caught(each), CAUSE_DEPTH_MAX)));
      }
    }
    return text.toString();
  }

  private static String trace(JSObject error) {
    return traceText(error, CAUSE_DEPTH_MAX);
  }

  @JSBody(
      params = {"errors", "message"},
      script = "return new AggregateError(errors, message);")
  private static native JSObject aggregate(JSArray<JSObject> errors, @Nullable String message);

  @JSBody(params = "frames", script = "Error.stackTraceLimit = frames;")
  private static native void stackTraceLimit(int frames);

  private static boolean isWrapper(Throwable exception) {
    String message = exception.getMessage();
    return message != null && message.startsWith(WRAPPER_MARK);
  }

  @JSBody(params = "value", script = "return value instanceof Error;")
  private static native boolean isError(JSObject value);

  /** Error objects from another realm of the runtime print as name and message too. */
  @JSBody(
      params = "value",
      script =
          "try { return String(value); } catch (e) { return Object.prototype.toString.call(value);"
              + " }")
  private static native String text(@Nullable JSObject value);

  @JSBody(params = "error", script = "return typeof error.code === 'string' ? error.code : null;")
  private static native @Nullable String code(JSObject error);

  @JSBody(params = "error", script = "return typeof error.stack === 'string' ? error.stack : null;")
  private static native @Nullable String stack(JSObject error);

  @JSBody(params = "error", script = "return error.cause instanceof Error ? error.cause : null;")
  private static native @Nullable JSObject cause(JSObject error);

  @JSBody(
      params = {"error", "message", "cause"},
      script =
          "if (Object.prototype.hasOwnProperty.call(error, 'message')) return;"
              + "var frames = String(error.stack).split('\\n').filter(function (line) {"
              + "  return /^ +at /.test(line); });"
              + "function own(name, value) { Object.defineProperty(error, name,"
              + "  {value: value, configurable: true, writable: true, enumerable: false}); }"
              + "own('message', message);"
              + "own('name', 'Error');"
              + "own('stack', ['Error: ' + message].concat(frames).join('\\n'));"
              + "if (cause !== null) own('cause', cause);")
  private static native void describe(JSObject error, String message, @Nullable JSObject cause);

  @JSBody(
      params = {"error", "depth"},
      script =
          "var text = '';"
              + "for (var e = error, i = 0; e && i <= depth; e = e.cause, i++) {"
              + "  text += (i ? '\\nCaused by: ' : '') + String(e.stack || e); }"
              + "return text;")
  private static native String traceText(JSObject error, int depth);
}
