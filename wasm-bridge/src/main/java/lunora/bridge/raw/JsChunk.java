package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * One result of {@link JsStreamReader#read}.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/workers/runtime-apis/streams/readablestreamdefaultreader/">Cloudflare
 *     documentation</a>
 */
public interface JsChunk extends JSObject {

  /** Whether the stream ended; then there is no value. */
  @JSProperty
  boolean isDone();

  @JSProperty
  JsBytes getValue();
}
