package lunora.bridge.raw;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * A queue that is written to.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#queue">Cloudflare
 *     documentation</a>
 */
public interface JsQueue extends JSObject {

  /** A promise of nothing. */
  JsPromise send(@Nullable JSObject body, JSObject options);

  /** A promise of nothing. */
  JsPromise sendBatch(JSObject messages, JSObject options);
}
