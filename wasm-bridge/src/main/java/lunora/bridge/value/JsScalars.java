package lunora.bridge.value;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * JavaScript's numbers and booleans as Java's and back. What is of another kind stays unchecked.
 */
public final class JsScalars {

  private JsScalars() {}

  /** Of a {@code Date} its milliseconds. */
  @JSBody(params = "value", script = "return +value;")
  public static native double number(JSObject value);

  @JSBody(params = "value", script = "return value;")
  public static native boolean bool(JSObject value);

  @JSBody(params = "value", script = "return value;")
  public static native JSObject ofNumber(double value);

  /** TeaVM's own are 0 and 1. */
  @JSBody(params = "value", script = "return !!value;")
  public static native JSObject ofBool(boolean value);
}
