package lunora.api;

/**
 * Sends messages to queues once the mutation is committed; nothing is sent when it fails. A message
 * is delivered at least once, under an id by which its consumer knows it. Nothing here suspends.
 */
public interface QueueSender {

  /**
   * Sends a message.
   *
   * @throws lunora.error.LunoraException {@code PAYLOAD_TOO_LARGE} for one beyond 127,000 bytes of
   *     JSON, its envelope included
   */
  default <M> void send(Queue<M> queue, M message) {
    send(queue, message, 0);
  }

  /**
   * Sends a message that is delivered after a while.
   *
   * @param delaySeconds 0 to 86,400; anything else is {@code INVALID_INPUT}
   */
  <M> void send(Queue<M> queue, M message, int delaySeconds);
}
