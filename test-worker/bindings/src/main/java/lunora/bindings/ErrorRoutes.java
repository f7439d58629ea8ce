package lunora.bindings;

import lunora.bridge.raw.JsPromise;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import lunora.bridge.value.JsException;
import lunora.bridge.workers.DurableObjectStub;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.Pending;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** Errors that cross between Java and JavaScript, both ways. */
final class ErrorRoutes {

  private ErrorRoutes() {}

  static WorkersResponse answer(String action, Env env) {
    return switch (action) {
      case "js" -> js();
      case "roundTrip" -> roundTrip();
      case "fromObject" -> fromObject(env);
      case "uncaught" -> throw new IllegalStateException("nobody catches this");
      case "nullPointer" -> WorkersResponse.text(200, absent().trim());
      case "deep" -> WorkersResponse.text(200, "depth " + deep(0));
      default -> WorkersResponse.text(404, action);
    };
  }

  @SuppressWarnings("NullAway") // The point of the route.
  private static String absent() {
    return null;
  }

  /** Ends in an error of the virtual machine that Java cannot catch. */
  private static int deep(int depth) {
    return depth < 0 ? 0 : deep(depth + 1) + 1;
  }

  /** Rejections of several kinds, as Java sees them. */
  private static WorkersResponse js() {
    JsException typed = caught(rejected());
    JsException primitive = caught(rejectedText());
    JsException nothing = caught(rejectedNothing());
    Throwable cause = typed.getCause();
    return new Answer()
        .put("message", typed.getMessage())
        .put("code", typed.code())
        .put("hasStack", String.valueOf(typed.stack()).contains("TypeError: outer"))
        .put("cause", cause == null ? null : cause.getMessage())
        .put("kept", isTypeError(typed.thrown()))
        .put("primitive", primitive.getMessage())
        .put("nothing", nothing.getMessage())
        .put("sync", Refusal.of(() -> Js.run(() -> thrown())))
        .ok();
  }

  private static JsException caught(JsPromise promise) {
    try {
      Js.await(promise);
    } catch (JsException e) {
      return e;
    }
    throw new AssertionError("did not reject");
  }

  /** A Java exception that goes out as an error and comes back is the same object. */
  private static WorkersResponse roundTrip() {
    RuntimeException mine = new IllegalStateException("mine", new IllegalArgumentException("why"));
    Pending pending =
        Pending.start(
            () -> {
              throw mine;
            });
    boolean same = false;
    try {
      pending.await();
    } catch (IllegalStateException e) {
      same = e == mine;
    }
    return new Answer()
        .put("same", same)
        .put("seen", described(JsErrors.toJs(mine)))
        .put("trace", JsErrors.trace(mine))
        .ok();
  }

  private static WorkersResponse fromObject(Env env) {
    DurableObjectStub stub = env.durableObjects("OBJECT").getByName("errors");
    String refusal =
        Refusal.ofWork(
            () ->
                stub.fetch(WorkersRequest.to("https://o/object/errors/error/throw").build())
                    .text());
    DurableObjectStub fresh = env.durableObjects("OBJECT").getByName("errors");
    int status =
        fresh.fetch(WorkersRequest.to("https://o/object/errors/life/who").build()).status();
    return new Answer().put("refusal", refusal).put("next", status).ok();
  }

  static WorkersResponse inObject(String action) {
    throw new IllegalArgumentException("thrown in the object: " + action);
  }

  @JSBody(
      script =
          "var inner = new Error('inner');"
              + "var outer = new TypeError('outer'); outer.code = 'E_OUTER'; outer.cause = inner;"
              + "return Promise.reject(outer);")
  private static native JsPromise rejected();

  @JSBody(script = "return Promise.reject('just text');")
  private static native JsPromise rejectedText();

  @JSBody(script = "return Promise.reject(undefined);")
  private static native JsPromise rejectedNothing();

  @JSBody(script = "throw new RangeError('at once');")
  private static native void thrown();

  @JSBody(params = "value", script = "return value instanceof TypeError;")
  private static native boolean isTypeError(@Nullable JSObject value);

  @JSBody(
      params = "error",
      script =
          "return error.name + '|' + error.message + '|' + error.cause.message + '|'"
              + " + /at /.test(error.stack);")
  private static native String described(@Nullable JSObject error);
}
