package lunora.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import lunora.host.inbound.QueueMessage;
import lunora.host.remote.MessageQueue;
import lunora.host.remote.OutgoingMessage;
import lunora.wire.JsonText;

/** What {@link MessageQueue} takes and refuses; what arrives is not part of it. */
public final class MessageQueueContract {

  private MessageQueueContract() {}

  /** All cases. */
  public static List<RemoteCase<MessageQueue>> cases() {
    return List.of(
        taken("any JSON value is taken", "null", "1.5", "\"é\"", "[]", "{\"a\":{}}"),
        new RemoteCase<>(
            "the longest delay is taken",
            queue -> queue.send(delayed(QueueMessage.DELAY_SECONDS_MAX))),
        refused("a longer one is refused", delayed(QueueMessage.DELAY_SECONDS_MAX + 1)),
        refused("a delay below zero is refused", delayed(-1)),
        new RemoteCase<>("128,000 bytes are taken", queue -> queue.send(sized(128_000))),
        refused("one more is refused", sized(128_001)),
        refused("bytes are counted, not characters", bytes("é".repeat(64_001))),
        new RemoteCase<>("a batch of 100 is taken", queue -> queue.sendBatch(many(100, 10))),
        refusedBatch("one of 101 is refused", many(101, 10)),
        refusedBatch("one of none is refused", List.of()),
        refusedBatch("one of more than 256,000 bytes is refused", many(3, 100_000)));
  }

  private static RemoteCase<MessageQueue> taken(String name, String... bodies) {
    return new RemoteCase<>(
        name,
        queue -> {
          for (String body : bodies) {
            queue.send(OutgoingMessage.of(JsonText.of(body)));
          }
        });
  }

  private static RemoteCase<MessageQueue> refused(String name, OutgoingMessage message) {
    return new RemoteCase<>(
        name,
        queue -> {
          RemoteCheck.refusedArgument(name, () -> queue.send(message));
          RemoteCheck.refusedArgument(name, () -> queue.sendBatch(List.of(message)));
        });
  }

  private static RemoteCase<MessageQueue> refusedBatch(
      String name, List<OutgoingMessage> messages) {
    return new RemoteCase<>(
        name, queue -> RemoteCheck.refusedArgument(name, () -> queue.sendBatch(messages)));
  }

  private static OutgoingMessage delayed(int seconds) {
    return new OutgoingMessage(JsonText.of("0"), seconds);
  }

  /** A message of that many bytes in all. */
  private static OutgoingMessage sized(int bytes) {
    return bytes("x".repeat(bytes - 2));
  }

  private static OutgoingMessage bytes(String text) {
    return OutgoingMessage.of(JsonText.of('"' + text + '"'));
  }

  private static List<OutgoingMessage> many(int count, int bytes) {
    List<OutgoingMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(sized(bytes));
    }
    return messages;
  }
}
