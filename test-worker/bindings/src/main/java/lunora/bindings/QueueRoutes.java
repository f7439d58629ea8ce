package lunora.bindings;

import java.util.List;
import lunora.bridge.workers.BatchMessage;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.ExecutionContext;
import lunora.bridge.workers.MessageBatch;
import lunora.bridge.workers.OutgoingMessage;
import lunora.bridge.workers.QueueProducer;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Queues. A message is a text that begins with what to do: {@code ack}, {@code retry}, {@code
 * throw} or {@code keep}; each delivery is written down in the object {@code queue}.
 */
final class QueueRoutes {

  private QueueRoutes() {}

  static WorkersResponse answer(String action, WorkersRequest request, Env env) {
    QueueProducer queue = env.queue("QUEUE");
    return switch (action) {
      case "send" -> send(queue, request.text());
      case "kinds" -> kinds(queue);
      case "delayed" -> delayed(queue, request.text());
      case "refused" -> refused(queue);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse send(QueueProducer queue, String text) {
    queue.send(OutgoingMessage.text(text));
    return WorkersResponse.empty(204);
  }

  private static WorkersResponse kinds(QueueProducer queue) {
    queue.sendBatch(
        List.of(
            OutgoingMessage.json(JsonText.of("{\"kind\":[1,null,\"é\"]}")),
            OutgoingMessage.json(JsonText.of("null")),
            OutgoingMessage.text("ack text"),
            OutgoingMessage.bytes(new byte[] {1, -1})));
    return WorkersResponse.empty(204);
  }

  private static WorkersResponse delayed(QueueProducer queue, String text) {
    queue.send(OutgoingMessage.text(text).delayed(2));
    return WorkersResponse.empty(204);
  }

  private static WorkersResponse refused(QueueProducer queue) {
    OutgoingMessage large = OutgoingMessage.bytes(new byte[128 * 1_024 + 1]);
    return new Answer()
        .put("large", Refusal.ofWork(() -> queue.send(large)))
        .put("none", Refusal.ofWork(() -> queue.sendBatch(List.of())))
        .ok();
  }

  static void consume(MessageBatch batch, Env env, ExecutionContext context) {
    boolean broken = false;
    for (BatchMessage message : batch.messages()) {
      String text = message.text();
      note(env, described(batch, message, text));
      if (text == null || text.startsWith("ack")) {
        message.ack();
      } else if (text.startsWith("retry") && message.attempts() < 2) {
        message.retry(1);
      }
      broken |= text != null && text.startsWith("throw") && message.attempts() < 2;
    }
    if (broken) {
      throw new IllegalStateException("the consumer breaks");
    }
  }

  private static String described(MessageBatch batch, BatchMessage message, @Nullable String text) {
    byte[] bytes = message.bytes();
    JsonText json = message.json();
    return new Answer()
        .put("queue", batch.queue())
        .put("text", text)
        .put("bytes", bytes)
        .put("json", json)
        .put("attempts", message.attempts())
        .put("id", message.id())
        .put("sent", message.sentMs() > 1_600_000_000_000L)
        .json()
        .toString();
  }

  private static void note(Env env, String note) {
    env.durableObjects("OBJECT")
        .getByName("queue")
        .fetch(
            WorkersRequest.to("https://o/object/queue/notes/add")
                .method("POST")
                .body(note)
                .build());
  }
}
