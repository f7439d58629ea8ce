package lunora.testkit;

import java.util.List;
import lunora.host.inbound.QueueBatch;
import lunora.host.inbound.QueueMessage;

/** Messages as they are delivered. */
public record FakeQueueBatch(String queue, List<QueueMessage> messages) implements QueueBatch {

  /** A batch of these messages. */
  public static FakeQueueBatch of(String queue, FakeQueueMessage... messages) {
    return new FakeQueueBatch(queue, List.of(messages));
  }
}
