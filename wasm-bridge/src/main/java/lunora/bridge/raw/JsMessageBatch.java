package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;

/**
 * Messages of one queue.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#messagebatch">Cloudflare
 *     documentation</a>
 */
public interface JsMessageBatch extends JSObject {

  @JSProperty
  String getQueue();

  @JSProperty
  JSArrayReader<JsMessage> getMessages();

  void ackAll();

  void retryAll(JSObject options);
}
