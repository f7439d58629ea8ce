package lunora.bridge.value;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Int8Array;

/** Bytes across the bridge; both directions copy. */
public final class JsBinary {

  private JsBinary() {}

  /** A {@code Uint8Array} with the same bytes. */
  public static JSObject toJs(byte[] bytes) {
    return unsignedCopy(Int8Array.copyFromJavaArray(bytes));
  }

  /** The bytes of an {@code ArrayBuffer} or of any view of one. */
  public static byte[] toJava(JSObject buffer) {
    return signedCopy(buffer).copyToJavaArray();
  }

  @JSBody(
      params = "array",
      script = "return new Uint8Array(array.buffer, array.byteOffset, array.length).slice();")
  private static native JSObject unsignedCopy(Int8Array array);

  @JSBody(
      params = "data",
      script =
          "return (ArrayBuffer.isView(data)"
              + " ? new Int8Array(data.buffer, data.byteOffset, data.byteLength)"
              + " : new Int8Array(data)).slice();")
  private static native Int8Array signedCopy(JSObject data);
}
