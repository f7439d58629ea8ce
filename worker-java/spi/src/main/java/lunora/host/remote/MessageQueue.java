package lunora.host.remote;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lunora.host.inbound.QueueMessage;
import lunora.wire.JsonText;

/**
 * A queue that is written to.
 *
 * @see <a href="https://developers.cloudflare.com/queues/configuration/javascript-apis/">Queues</a>
 */
public interface MessageQueue {

  /** The longest message: 128,000 bytes of UTF-8. */
  int BYTES_MAX = 128_000;

  /** How many messages one {@link #sendBatch} takes. */
  int BATCH_MAX = 100;

  /** How many bytes one {@link #sendBatch} takes: 256,000. */
  int BATCH_BYTES_MAX = 256_000;

  /**
   * Sends a message; it is durable when this returns. May suspend.
   *
   * @throws IllegalArgumentException for a message or delay beyond its limit
   */
  void send(OutgoingMessage message);

  /**
   * Sends messages, all or none of them. May suspend.
   *
   * @throws IllegalArgumentException for none, or any limit that is exceeded
   */
  void sendBatch(List<OutgoingMessage> messages);

  /**
   * Refuses what is beyond a limit, which a local run would take. For implementations.
   *
   * @throws IllegalArgumentException naming the limit
   */
  static void check(List<OutgoingMessage> messages) {
    if (messages.isEmpty() || messages.size() > BATCH_MAX) {
      throw new IllegalArgumentException("1 to " + BATCH_MAX + " messages, not " + messages.size());
    }
    long total = 0;
    for (OutgoingMessage message : messages) {
      int delay = message.delaySeconds();
      if (delay < 0 || delay > QueueMessage.DELAY_SECONDS_MAX) {
        throw new IllegalArgumentException("a delay of " + delay + " s");
      }
      long bytes = bytes(message.body());
      if (bytes > BYTES_MAX) {
        throw new IllegalArgumentException("a message of " + bytes + " bytes");
      }
      total += bytes;
    }
    if (total > BATCH_BYTES_MAX) {
      throw new IllegalArgumentException("messages of " + total + " bytes");
    }
  }

  /** The size in UTF-8, counted only where it can matter. */
  private static long bytes(JsonText body) {
    return body.length() * 3L <= BYTES_MAX
        ? body.length()
        : body.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
