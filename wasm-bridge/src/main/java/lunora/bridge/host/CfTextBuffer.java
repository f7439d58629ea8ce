package lunora.bridge.host;

import lunora.bridge.value.JsBinary;
import lunora.bridge.value.JsText;
import lunora.host.remote.TextBuffer;
import lunora.wire.JsonText;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * A {@code Uint8Array} that an encoder writes into.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/encoding/#textencoder">TextEncoder</a>
 */
final class CfTextBuffer implements TextBuffer {

  /** Room for the rest of a character that begins within the capacity. */
  private static final int SLACK_BYTES = 3;

  private final Bytes bytes;

  CfTextBuffer(int capacityBytes) {
    bytes = allocated(capacityBytes + SLACK_BYTES);
  }

  /** The bytes, how many there are, and the encoder. */
  private interface Bytes extends JSObject {}

  @Override
  public int put(JsonText text, int from) {
    return put(bytes, JsText.toJs(text), from);
  }

  @Override
  public int size() {
    return size(bytes);
  }

  @Override
  public byte[] take(int count) {
    byte[] taken = JsBinary.toJava(first(bytes, count));
    drop(bytes, count);
    return taken;
  }

  @JSBody(
      params = "length",
      script = "return { array: new Uint8Array(length), size: 0, encoder: new TextEncoder() };")
  private static native Bytes allocated(int length);

  @JSBody(
      params = {"bytes", "text", "from"},
      script =
          "var rest = from === 0 ? text : text.slice(from);"
              + "var done = bytes.encoder.encodeInto(rest, bytes.array.subarray(bytes.size));"
              + "bytes.size += done.written;"
              + "return from + done.read;")
  private static native int put(Bytes bytes, JSString text, int from);

  @JSBody(params = "bytes", script = "return bytes.size;")
  private static native int size(Bytes bytes);

  @JSBody(
      params = {"bytes", "count"},
      script = "return bytes.array.subarray(0, count);")
  private static native JSObject first(Bytes bytes, int count);

  @JSBody(
      params = {"bytes", "count"},
      script = "bytes.array.copyWithin(0, count, bytes.size); bytes.size -= count;")
  private static native void drop(Bytes bytes, int count);
}
