package lunora.bridge.host;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.workers.QueueProducer;
import lunora.host.remote.MessageQueue;
import lunora.host.remote.OutgoingMessage;

/**
 * A queue of Cloudflare's. Messages are JSON, so that a consumer in any language can read them.
 *
 * @see <a href="https://developers.cloudflare.com/queues/configuration/javascript-apis/">Queues</a>
 */
public final class CfMessageQueue implements MessageQueue {

  private final QueueProducer queue;

  public CfMessageQueue(QueueProducer queue) {
    this.queue = queue;
  }

  @Override
  public void send(OutgoingMessage message) {
    MessageQueue.check(List.of(message));
    queue.send(converted(message));
  }

  @Override
  public void sendBatch(List<OutgoingMessage> messages) {
    MessageQueue.check(messages);
    List<lunora.bridge.workers.OutgoingMessage> converted = new ArrayList<>(messages.size());
    for (OutgoingMessage message : messages) {
      converted.add(converted(message));
    }
    queue.sendBatch(converted);
  }

  private static lunora.bridge.workers.OutgoingMessage converted(OutgoingMessage message) {
    return lunora.bridge.workers.OutgoingMessage.json(message.body())
        .delayed(message.delaySeconds());
  }
}
