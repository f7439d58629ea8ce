package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * The one reader of a byte stream.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/streams/readablestreamdefaultreader/">Cloudflare
 *     documentation</a>
 */
public interface JsStreamReader extends JSObject {

  /** A promise of a {@link JsChunk}. */
  JsPromise read();

  /** Tells the sender that nobody reads on. */
  JsPromise cancel();
}
