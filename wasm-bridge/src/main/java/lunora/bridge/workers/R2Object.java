package lunora.bridge.workers;

import java.util.Map;
import lunora.bridge.raw.JsR2Object;
import lunora.bridge.raw.JsReadableStream;
import lunora.bridge.value.JsBinary;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/**
 * An object of R2, and its body where one was asked for. Only reading the body suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2object-definition">R2Object</a>
 */
public final class R2Object {

  private final JsR2Object js;

  R2Object(JsR2Object js) {
    this.js = js;
  }

  public String key() {
    return js.getKey();
  }

  /** Another one after every write. */
  public String version() {
    return js.getVersion();
  }

  /** The size of the whole object, also where a range was asked for. */
  public long sizeBytes() {
    return (long) js.getSize();
  }

  /** Without quotation marks. */
  public String etag() {
    return js.getEtag();
  }

  /** In quotation marks, for the header. */
  public String httpEtag() {
    return js.getHttpEtag();
  }

  /** In epoch milliseconds. */
  public long uploadedMs() {
    return (long) js.getUploaded().getTime();
  }

  /** A header that was stored, such as {@code contentType}; null when it was not. */
  public @Nullable String httpMetadata(String name) {
    JSString value = text(js.getHttpMetadata(), name);
    return value == null ? null : value.stringValue();
  }

  /** The app's own metadata; empty in a listing that did not ask for it. */
  public Map<String, String> metadata() {
    return StringMaps.toJava(js.getCustomMetadata());
  }

  /** The checksum that was given with the object; null for another one. */
  public byte @Nullable [] checksum(HashAlgorithm algorithm) {
    JSObject sum = checksum(js, R2PutOptions.checksumName(algorithm));
    return sum == null ? null : JsBinary.toJava(sum);
  }

  /** Where the range begins in the object; 0 for the whole. */
  public long rangeOffset() {
    return (long) rangeOffset(js);
  }

  /** Sets the stored headers. */
  public void writeHttpMetadata(WorkersHeaders headers) {
    js.writeHttpMetadata(headers.raw());
  }

  /** Whether there is a body: one was asked for, and the condition held. */
  public boolean hasBody() {
    return Awaited.nullable(js.getBody()) != null;
  }

  /**
   * The body as it arrives.
   *
   * @throws IllegalStateException without one
   */
  public ByteStream body() {
    checkBody();
    return new ByteStream(stream(js));
  }

  /** The body; the caller knows that it fits. Suspends. */
  public byte[] bytes() {
    checkBody();
    return Awaited.bytes(() -> js.arrayBuffer());
  }

  /** The body as text, decoded from UTF-8. Suspends. */
  public String text() {
    checkBody();
    return Awaited.text(() -> js.text());
  }

  private void checkBody() {
    if (!hasBody()) {
      throw new IllegalStateException("no body of " + key());
    }
  }

  /** The platform's object. */
  public JsR2Object raw() {
    return js;
  }

  @JSBody(params = "object", script = "return object.body;")
  private static native JsReadableStream stream(JsR2Object object);

  @JSBody(
      params = {"values", "name"},
      script =
          "var value = values ? values[name] : null;"
              + "return typeof value === 'string' ? value : null;")
  private static native @Nullable JSString text(@Nullable JSObject values, String name);

  @JSBody(
      params = {"object", "name"},
      script = "return object.checksums[name] || null;")
  private static native @Nullable JSObject checksum(JsR2Object object, String name);

  @JSBody(
      params = "object",
      script =
          "var range = object.range;"
              + "if (!range) return 0;"
              + "return range.suffix !== undefined"
              + " ? Math.max(0, object.size - range.suffix) : range.offset || 0;")
  private static native double rangeOffset(JsR2Object object);
}
