package lunora.testkit;

import java.util.ArrayList;
import java.util.List;
import lunora.host.inbound.QueueMessage;
import lunora.host.remote.MessageQueue;
import lunora.host.remote.OutgoingMessage;

/** A queue that delivers when a test asks it to. */
public final class FakeMessageQueue implements MessageQueue {

  /** A message waiting. */
  private record Waiting(String id, String body, long sentMs, long dueMs, int attempts) {}

  private final String name;
  private final FakeClock clock;
  private final int retriesMax;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<String> deadLetters = new ArrayList<>();
  private int sent;

  /**
   * An empty queue.
   *
   * @param retriesMax after which a message becomes a dead letter
   */
  public FakeMessageQueue(String name, FakeClock clock, int retriesMax) {
    this.name = name;
    this.clock = clock;
    this.retriesMax = retriesMax;
  }

  @Override
  public void send(OutgoingMessage message) {
    sendBatch(List.of(message));
  }

  @Override
  public void sendBatch(List<OutgoingMessage> messages) {
    MessageQueue.check(messages);
    for (OutgoingMessage message : messages) {
      sent++;
      long now = clock.nowMs();
      waiting.add(
          new Waiting(
              "message-" + sent,
              message.body().toString(),
              now,
              now + message.delaySeconds() * 1_000L,
              0));
    }
  }

  /** How many messages were sent, whatever became of them. */
  public int sent() {
    return sent;
  }

  /** How many messages wait to be delivered, now or later. */
  public int size() {
    return waiting.size();
  }

  /** The bodies of the messages that came too often. */
  public List<String> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** The messages that are due, at most that many; they are gone until {@link #settle}. */
  public FakeQueueBatch next(int max) {
    List<QueueMessage> due = new ArrayList<>();
    for (Waiting each : List.copyOf(waiting)) {
      if (each.dueMs <= clock.nowMs() && due.size() < max) {
        waiting.remove(each);
        due.add(new FakeQueueMessage(each.id, each.sentMs, each.attempts + 1, each.body));
      }
    }
    return new FakeQueueBatch(name, due);
  }

  /**
   * What the platform does once the handler of a batch is done: what has to come again is put back.
   *
   * @param threw whether the handler did
   */
  public void settle(FakeQueueBatch batch, boolean threw) {
    for (QueueMessage each : batch.messages()) {
      FakeQueueMessage message = (FakeQueueMessage) each;
      boolean again =
          message.outcome() == FakeQueueMessage.Outcome.RETRIED
              || (threw && message.outcome() == FakeQueueMessage.Outcome.NONE);
      if (again && message.attempts() > retriesMax) {
        deadLetters.add(message.rawBody());
      } else if (again) {
        long due = clock.nowMs() + message.delaySeconds() * 1_000L;
        waiting.add(
            new Waiting(
                message.id(), message.rawBody(), message.sentMs(), due, message.attempts()));
      }
    }
  }
}
