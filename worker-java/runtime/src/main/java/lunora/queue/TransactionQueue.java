package lunora.queue;

import java.nio.charset.StandardCharsets;
import lunora.api.Queue;
import lunora.api.QueueSender;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.QueueMessage;
import lunora.host.local.ShardHost;
import lunora.outbox.Effect;
import lunora.outbox.Outbox;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;

/** What mutations send with: every message is an effect of the outbox. */
public final class TransactionQueue implements QueueSender {

  /** The platform's limit, less what it adds itself. */
  static final int BYTES_MAX = 127_000;

  private final ShardHost host;
  private final Outbox outbox;

  public TransactionQueue(ShardHost host, Outbox outbox) {
    this.host = host;
    this.outbox = outbox;
  }

  @Override
  public <M> void send(Queue<M> queue, M message, int delaySeconds) {
    if (delaySeconds < 0 || delaySeconds > QueueMessage.DELAY_SECONDS_MAX) {
      throw new LunoraException(
          ErrorCode.INVALID_INPUT,
          "a message is delayed by 0 to " + QueueMessage.DELAY_SECONDS_MAX + " seconds");
    }
    JsonWriter text = new JsonWriter();
    queue.codec().write(message, text);
    String id = host.random().uuid();
    JsonWriter body = new JsonWriter();
    new Envelope(id, host.shardKey(), text.finish()).write(body);
    JsonText envelope = body.finish();
    if (bytes(envelope) > BYTES_MAX) {
      throw new LunoraException(
          ErrorCode.PAYLOAD_TOO_LARGE, "a queue's message has at most " + BYTES_MAX + " bytes");
    }
    JsonWriter payload = new JsonWriter().raw("{\"queue\":").string(queue.binding());
    payload.raw(",\"delaySeconds\":").number(delaySeconds).raw(",\"body\":").json(envelope);
    outbox.add(QueueDestination.KIND, new Effect(id, payload.raw("}").finish()));
  }

  /** The size in UTF-8, counted only where it can matter. */
  private static int bytes(JsonText text) {
    return text.length() * 3L <= BYTES_MAX
        ? text.length()
        : text.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
