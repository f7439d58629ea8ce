package lunora.bridge.edge;

import lunora.bridge.raw.JsPromise;
import lunora.bridge.value.Js;
import lunora.bridge.value.LunoraErrors;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A function of the app's own JavaScript. Whether it answers at once or promises, throws or
 * rejects, and with what, makes no difference to Java; one that answers at once does not suspend.
 */
final class JsHook {

  private final JSObject function;
  private final @Nullable JSObject owner;

  private JsHook(JSObject function, @Nullable JSObject owner) {
    this.function = function;
    this.owner = owner;
  }

  /**
   * A function, or the method of that name of an object.
   *
   * @param what names the value for whoever has to correct it
   * @throws LunoraException {@code MISCONFIGURED} when it is neither
   */
  static JsHook of(JSObject value, String method, String what) {
    if (isFunction(value)) {
      return new JsHook(value, null);
    }
    JSObject member = member(value, method);
    if (member != null && isFunction(member)) {
      return new JsHook(member, value);
    }
    throw new LunoraException(
        ErrorCode.MISCONFIGURED, what + " must be a function, or an object with " + method + "()");
  }

  /** Calls it with one argument and waits for what it comes to. May suspend. */
  @Nullable JSObject call(@Nullable JSObject only) {
    return settled(outcome(function, owner, only));
  }

  /** Calls it with three arguments and waits for what it comes to. May suspend. */
  @Nullable JSObject call(
      @Nullable JSObject first, @Nullable JSObject second, @Nullable JSObject third) {
    return settled(outcome(function, owner, first, second, third));
  }

  private static @Nullable JSObject settled(Outcome outcome) {
    if (outcome.getKind() == Outcome.THROWN) {
      throw LunoraErrors.toJava(outcome.getValue());
    }
    if (outcome.getKind() == Outcome.PROMISED) {
      return awaited(promise(outcome.getValue()));
    }
    return outcome.getValue();
  }

  private static @Nullable JSObject awaited(JsPromise promise) {
    try {
      return Js.await(promise);
    } catch (RuntimeException e) {
      throw LunoraErrors.coded(e);
    }
  }

  /**
   * What came of a call. Boxed in JavaScript: Java cannot catch a primitive that is thrown below
   * it.
   */
  private interface Outcome extends JSObject {

    int THROWN = 1;
    int PROMISED = 2;

    @JSProperty
    int getKind();

    @JSProperty
    @Nullable JSObject getValue();
  }

  @JSBody(params = "value", script = "return typeof value === 'function';")
  private static native boolean isFunction(JSObject value);

  @JSBody(
      params = {"value", "name"},
      script = "var member = value[name]; return member === undefined ? null : member;")
  private static native @Nullable JSObject member(JSObject value, String name);

  @JSBody(
      params = {"f", "owner", "only"},
      script =
          "try { var v = f.call(owner, only);"
              + "if (v === undefined) v = null;"
              + "return v && typeof v.then === 'function'"
              + "  ? { kind: 2, value: Promise.resolve(v) } : { kind: 0, value: v };"
              + "} catch (e) { return { kind: 1, value: e === undefined ? null : e }; }")
  private static native Outcome outcome(
      JSObject f, @Nullable JSObject owner, @Nullable JSObject only);

  @JSBody(
      params = {"f", "owner", "a", "b", "c"},
      script =
          "try { var v = f.call(owner, a, b, c);"
              + "if (v === undefined) v = null;"
              + "return v && typeof v.then === 'function'"
              + "  ? { kind: 2, value: Promise.resolve(v) } : { kind: 0, value: v };"
              + "} catch (e) { return { kind: 1, value: e === undefined ? null : e }; }")
  private static native Outcome outcome(
      JSObject f,
      @Nullable JSObject owner,
      @Nullable JSObject a,
      @Nullable JSObject b,
      @Nullable JSObject c);

  @JSBody(params = "value", script = "return value;")
  private static native JsPromise promise(@Nullable JSObject value);
}
