package lunora.queue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lunora.host.remote.Bindings;
import lunora.host.remote.MessageQueue;
import lunora.host.remote.OutgoingMessage;
import lunora.outbox.Destination;
import lunora.outbox.Effect;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/** Takes the messages that mutations sent to their queues, as many at once as a queue takes. */
public final class QueueDestination implements Destination {

  static final String KIND = "queue";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void deliver(List<Effect> effects, Bindings bindings) {
    String binding = "";
    List<OutgoingMessage> batch = new ArrayList<>();
    long bytes = 0;
    for (Effect effect : effects) {
      Map<String, Value> fields = ((Value.Obj) Json.read(effect.payload().toString())).fields();
      String to = fields.get("queue") instanceof Value.Str name ? name.value() : "";
      String body = JsonWriter.print(fields.getOrDefault("body", Value.Null.INSTANCE));
      int size = body.getBytes(StandardCharsets.UTF_8).length;
      if (!batch.isEmpty()
          && (!to.equals(binding) || bytes + size > MessageQueue.BATCH_BYTES_MAX)) {
        send(bindings, binding, batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      binding = to;
      bytes += size;
      int delaySeconds =
          fields.get("delaySeconds") instanceof Value.Num delay ? (int) delay.value() : 0;
      batch.add(new OutgoingMessage(JsonText.of(body), delaySeconds));
    }
    send(bindings, binding, batch);
  }

  private static void send(Bindings bindings, String binding, List<OutgoingMessage> batch) {
    MessageQueue queue = bindings.queue(binding);
    queue.sendBatch(batch);
  }
}
