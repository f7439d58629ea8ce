package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * A digest of what is written to it.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors">Cloudflare
 *     documentation</a>
 */
public interface JsDigestStream extends JSObject {

  JsStreamWriter getWriter();

  /** A promise of an {@code ArrayBuffer}, kept once the stream is closed. */
  @JSProperty
  JsPromise getDigest();
}
