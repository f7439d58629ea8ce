package lunora.host.remote;

import lunora.wire.JsonText;

/**
 * A message for a queue.
 *
 * @param body any JSON value
 * @param delaySeconds before which it is not delivered: 0 to {@link
 *     lunora.host.inbound.QueueMessage#DELAY_SECONDS_MAX}
 */
public record OutgoingMessage(JsonText body, int delaySeconds) {

  /** A message to be delivered at once. */
  public static OutgoingMessage of(JsonText body) {
    return new OutgoingMessage(body, 0);
  }
}
