package lunora.host.inbound;

import lunora.wire.JsonText;

/**
 * One message of a batch. Of several outcomes the first counts. Nothing here suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/queues/configuration/javascript-apis/#message">Message</a>
 */
public interface QueueMessage {

  /** The longest a message can be put off: 24 hours. */
  int DELAY_SECONDS_MAX = 86_400;

  /** Given by the platform; the same in every attempt. */
  String id();

  /** When it was sent, in epoch milliseconds. */
  long sentMs();

  /** How often it has been delivered, this time included. */
  int attempts();

  /**
   * What was sent, as JSON text.
   *
   * @throws lunora.error.LunoraException {@code INVALID_INPUT} when the sender sent no JSON
   */
  JsonText body();

  /** The message was dealt with and does not come again, whatever becomes of the others. */
  void ack();

  /**
   * The message comes again, or goes to the dead-letter queue when it came often enough.
   *
   * @param delaySeconds 0 to {@link #DELAY_SECONDS_MAX}
   */
  void retry(int delaySeconds);
}
