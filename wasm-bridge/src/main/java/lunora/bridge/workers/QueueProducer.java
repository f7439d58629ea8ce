package lunora.bridge.workers;

import java.util.List;
import lunora.bridge.raw.JsQueue;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A queue that is written to. Sending suspends until the queue has the message.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#queue">Queue</a>
 */
public final class QueueProducer {

  private final JsQueue js;

  QueueProducer(JsQueue js) {
    this.js = js;
  }

  /**
   * Sends one message, at most 128 KB.
   *
   * @throws lunora.bridge.value.JsException when the queue does not take it
   */
  public void send(OutgoingMessage message) {
    Awaited.nothing(() -> js.send(message.body(), message.options()));
  }

  /** Sends at most 100 messages of at most 256 KB in all; either all or none are taken. */
  public void sendBatch(List<OutgoingMessage> messages) {
    JSObject list = list();
    for (OutgoingMessage message : messages) {
      push(list, message.entry());
    }
    JSObject options = new JsOptions().js();
    Awaited.nothing(() -> js.sendBatch(list, options));
  }

  @JSBody(script = "return [];")
  private static native JSObject list();

  @JSBody(
      params = {"list", "value"},
      script = "list.push(value);")
  private static native void push(JSObject list, JSObject value);
}
