package lunora.bridge.raw;

import org.teavm.jso.JSObject;

/**
 * The one writer of a stream.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/streams/writablestreamdefaultwriter/">Cloudflare
 *     documentation</a>
 */
public interface JsStreamWriter extends JSObject {

  /** A promise of nothing. */
  JsPromise write(JSObject chunk);

  /** A promise of nothing. */
  JsPromise close();
}
