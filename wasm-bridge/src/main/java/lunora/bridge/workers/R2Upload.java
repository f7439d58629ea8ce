package lunora.bridge.workers;

import java.util.List;
import lunora.bridge.raw.JsR2MultipartUpload;
import lunora.bridge.raw.JsR2Object;
import lunora.bridge.raw.JsR2UploadedPart;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * An upload to R2 in parts, which is there until it is completed or aborted, at most 7 days. What
 * suspends says so.
 *
 * @see <a href="https://developers.cloudflare.com/r2/objects/multipart-objects/">Multipart
 *     objects</a>
 */
public final class R2Upload {

  /** The size that every part but the last has at least: 5 MiB. All of them have the same. */
  public static final int PART_BYTES_MIN = 5 * 1_024 * 1_024;

  /** A part that R2 has. */
  public record Part(int number, String etag) {}

  private final JsR2MultipartUpload js;

  R2Upload(JsR2MultipartUpload js) {
    this.js = js;
  }

  public String key() {
    return js.getKey();
  }

  public String uploadId() {
    return js.getUploadId();
  }

  /** Sends the part of that number, from 1 on, in place of what it had. Suspends. */
  public Part part(int number, byte[] bytes) {
    JSObject value = JsBinary.toJs(bytes);
    return part(Js.await(() -> js.uploadPart(number, value)));
  }

  /** The same for a stream of known length. Suspends. */
  public Part part(int number, ByteStream stream) {
    return part(Js.await(() -> js.uploadPart(number, stream.raw())));
  }

  private static Part part(@Nullable JSObject value) {
    JsR2UploadedPart uploaded = uploaded(value);
    return new Part(uploaded.getPartNumber(), uploaded.getEtag());
  }

  /**
   * Makes the object of the parts. Suspends.
   *
   * @throws lunora.bridge.value.JsException when a part is missing, too small, or of another size
   */
  public R2Object complete(List<Part> parts) {
    JSObject list = list();
    for (Part part : parts) {
      push(list, part.number, part.etag);
    }
    return new R2Object(object(Js.await(() -> js.complete(list))));
  }

  /** Drops the parts. Suspends. */
  public void abort() {
    Awaited.nothing(() -> js.abort());
  }

  @JSBody(params = "value", script = "return value;")
  private static native JsR2UploadedPart uploaded(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JsR2Object object(@Nullable JSObject value);

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "number", "etag"},
      script = "list.push({ partNumber: number, etag: etag });")
  private static native void push(JSObject list, int number, String etag);
}
