package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;

/**
 * A stream of byte chunks.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/streams/readablestream/">Cloudflare
 *     documentation</a>
 */
public interface JsReadableStream extends JSObject {

  JsStreamReader getReader();

  /** A promise of nothing. */
  JsPromise cancel();

  /** Two streams of the same bytes. */
  JSArrayReader<JsReadableStream> tee();

  @JSProperty
  boolean isLocked();
}
