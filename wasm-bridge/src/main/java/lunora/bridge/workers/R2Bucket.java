package lunora.bridge.workers;

import java.util.List;
import lunora.bridge.raw.JsR2Bucket;
import lunora.bridge.raw.JsR2MultipartUpload;
import lunora.bridge.raw.JsR2Object;
import lunora.bridge.raw.JsR2Objects;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsBinary;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * An R2 bucket. Every method suspends where nothing else is said.
 *
 * @see <a href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/">Workers
 *     API of R2</a>
 */
public final class R2Bucket {

  /** The platform's limit for one {@link #delete}. */
  public static final int DELETE_KEYS_MAX = 1_000;

  private final JsR2Bucket js;

  R2Bucket(JsR2Bucket js) {
    this.js = js;
  }

  /** The bucket that somebody else has got. */
  public static R2Bucket of(JsR2Bucket js) {
    return new R2Bucket(js);
  }

  /** What is known of the object; null when there is none. */
  public @Nullable R2Object head(String key) {
    return optional(() -> js.head(key));
  }

  /** The whole object; null when there is none. */
  public @Nullable R2Object get(String key) {
    return get(key, R2GetOptions.WHOLE);
  }

  /**
   * The object, or the range of it; null when there is none. Where a condition does not hold, it
   * has no body.
   *
   * @throws lunora.bridge.value.JsException for a range that begins behind the end
   */
  public @Nullable R2Object get(String key, R2GetOptions options) {
    return optional(() -> js.get(key, options.js()));
  }

  /** Stores a text, as UTF-8. See {@link #put(String, byte[], R2PutOptions)}. */
  public @Nullable R2Object put(String key, String text, R2PutOptions options) {
    return stored(key, JSString.valueOf(text), options);
  }

  /**
   * Stores bytes, in place of what was there.
   *
   * @return the object; null when the condition did not hold, and nothing was stored
   * @throws lunora.bridge.value.JsException when a checksum is not that of the bytes
   */
  public @Nullable R2Object put(String key, byte[] bytes, R2PutOptions options) {
    return stored(key, JsBinary.toJs(bytes), options);
  }

  /** The same for a stream, whose length has to be known: {@link ByteStream#ofLength}. */
  public @Nullable R2Object put(String key, ByteStream stream, R2PutOptions options) {
    return stored(key, stream.raw(), options);
  }

  private @Nullable R2Object stored(String key, JSObject value, R2PutOptions options) {
    return optional(() -> js.put(key, value, options.js()));
  }

  /** Deletes the objects, those that are there; at most {@link #DELETE_KEYS_MAX}. */
  public void delete(List<String> keys) {
    Awaited.nothing(() -> js.delete(JsOptions.strings(keys)));
  }

  /** One page of objects, in the order of their keys. */
  public R2Page list(R2ListOptions options) {
    return new R2Page(page(Js.await(() -> js.list(options.js()))));
  }

  /** Begins an upload in parts; conditions and checksums do not apply. */
  public R2Upload startUpload(String key, R2PutOptions options) {
    return new R2Upload(upload(Js.await(() -> js.createMultipartUpload(key, options.js()))));
  }

  /** An upload that was begun before. Does not suspend, and does not ask whether it is there. */
  public R2Upload resumeUpload(String key, String uploadId) {
    return new R2Upload(js.resumeMultipartUpload(key, uploadId));
  }

  /** The platform's object. */
  public JsR2Bucket raw() {
    return js;
  }

  private static @Nullable R2Object optional(Js.Start start) {
    JSObject found = Awaited.value(start);
    return found == null ? null : new R2Object(object(found));
  }

  @JSBody(params = "value", script = "return value;")
  private static native JsR2Object object(JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JsR2Objects page(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JsR2MultipartUpload upload(@Nullable JSObject value);
}
