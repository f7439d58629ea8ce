package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * An object of R2, and its body where one was asked for.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/r2/api/workers/workers-api-reference/#r2object-definition">Cloudflare
 *     documentation</a>
 */
public interface JsR2Object extends JSObject {

  @JSProperty
  String getKey();

  @JSProperty
  String getVersion();

  @JSProperty
  double getSize();

  @JSProperty
  String getEtag();

  @JSProperty
  String getHttpEtag();

  @JSProperty
  JsDate getUploaded();

  @JSProperty
  @Nullable JSObject getHttpMetadata();

  @JSProperty
  @Nullable JSObject getCustomMetadata();

  @JSProperty
  JSObject getChecksums();

  @JSProperty
  @Nullable JSObject getRange();

  void writeHttpMetadata(JsHeaders headers);

  /** Undefined when none was asked for or the condition does not hold. */
  @JSProperty
  @Nullable JsReadableStream getBody();

  /** A promise of the body as an {@code ArrayBuffer}. */
  JsPromise arrayBuffer();

  /** A promise of the body as a string. */
  JsPromise text();
}
