package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.raw.JsMessage;
import lunora.bridge.raw.JsMessageBatch;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/**
 * Messages of one queue. When the handler returns, every message without an outcome of its own is
 * acknowledged; when it throws, each of those comes again. Nothing here suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#messagebatch">MessageBatch</a>
 */
public final class MessageBatch {

  private final JsMessageBatch js;

  /** Wraps the platform's object. */
  public MessageBatch(JsMessageBatch js) {
    this.js = js;
  }

  /** The name of the queue, not of its binding. */
  public String queue() {
    return js.getQueue();
  }

  public List<BatchMessage> messages() {
    JSArrayReader<JsMessage> messages = js.getMessages();
    List<BatchMessage> list = new ArrayList<>(messages.getLength());
    for (int i = 0; i < messages.getLength(); i++) {
      list.add(new BatchMessage(messages.get(i)));
    }
    return list;
  }

  /** Acknowledges every message without an outcome. */
  public void ackAll() {
    js.ackAll();
  }

  /**
   * Lets every message without an outcome come again.
   *
   * @param delaySeconds 0 to 86,400
   */
  public void retryAll(int delaySeconds) {
    JSObject options = new JsOptions().number("delaySeconds", delaySeconds).js();
    js.retryAll(options);
  }
}
