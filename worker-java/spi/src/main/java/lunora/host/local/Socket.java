package lunora.host.local;

import lunora.wire.JsonText;

/**
 * One accepted WebSocket that survives hibernation together with its attachment.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/best-practices/websockets/">WebSocket
 *     hibernation</a>
 */
public interface Socket {

  /** The text stored by {@link #attach}, as it was when the shard hibernated. */
  String attachment();

  /** Replaces the attachment. Limit: {@value Sockets#ATTACHMENT_BYTES_MAX} bytes serialised. */
  void attach(String text);

  /**
   * Queues one text frame. False when the socket is closing, gone, or over the {@link
   * OutboundLimit}, which closes it; never throws for that.
   */
  boolean send(JsonText frame);

  /** Starts closing. Reason: at most 123 UTF-8 bytes. A closed socket is left alone. */
  void close(int code, String reason);

  /** Bytes queued and not yet taken by the network, or -1 where the host cannot tell. */
  long bufferedBytes();
}
