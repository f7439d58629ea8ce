package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * A stream of byte chunks.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/streams/readablestream/">Cloudflare
 *     documentation</a>
 */
public interface JsReadableStream extends JSObject {

  JsStreamReader getReader();
}
