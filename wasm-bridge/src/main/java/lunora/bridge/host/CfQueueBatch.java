package lunora.bridge.host;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.workers.BatchMessage;
import lunora.bridge.workers.MessageBatch;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.QueueBatch;
import lunora.host.inbound.QueueMessage;
import lunora.wire.JsonText;

/**
 * Messages of a queue of Cloudflare's.
 *
 * @see <a href="https://developers.cloudflare.com/queues/configuration/javascript-apis/">Queues</a>
 */
public final class CfQueueBatch implements QueueBatch {

  private final String queue;
  private final List<QueueMessage> messages = new ArrayList<>();

  public CfQueueBatch(MessageBatch batch) {
    this.queue = batch.queue();
    for (BatchMessage message : batch.messages()) {
      messages.add(new Message(message));
    }
  }

  @Override
  public String queue() {
    return queue;
  }

  @Override
  public List<QueueMessage> messages() {
    return messages;
  }

  private record Message(BatchMessage message) implements QueueMessage {

    @Override
    public String id() {
      return message.id();
    }

    @Override
    public long sentMs() {
      return message.sentMs();
    }

    @Override
    public int attempts() {
      return message.attempts();
    }

    @Override
    public JsonText body() {
      JsonText body = message.json();
      if (body == null) {
        throw new LunoraException(ErrorCode.INVALID_INPUT, "a message that is no JSON");
      }
      return body;
    }

    @Override
    public void ack() {
      message.ack();
    }

    @Override
    public void retry(int delaySeconds) {
      if (delaySeconds < 0 || delaySeconds > DELAY_SECONDS_MAX) {
        throw new IllegalArgumentException("a delay of " + delaySeconds + " s");
      }
      message.retry(delaySeconds);
    }
  }
}
