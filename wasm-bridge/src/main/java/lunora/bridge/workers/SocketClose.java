package lunora.bridge.workers;

/**
 * How a socket ended.
 *
 * @param code the close code, 1005 when the other side gave none, 1006 when it vanished
 * @param reason at most 123 bytes of text
 * @param clean whether both sides took part
 */
public record SocketClose(int code, String reason, boolean clean) {}
