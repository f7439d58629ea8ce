package lunora.host.local;

import java.util.List;
import lunora.wire.JsonText;

/** The WebSockets of one shard. */
public interface Sockets {

  /** The platform's limit on a serialised attachment. */
  int ATTACHMENT_BYTES_MAX = 16_384;

  /** The open sockets accepted under the tag; usually one. */
  List<Socket> tagged(String tag);

  /** All open sockets. Costs one step a socket: not for a hot path. */
  List<Socket> all();

  /** Whether any socket is open, without looking at each. */
  boolean any();

  /**
   * Sets how much may wait for each socket, from now until the shard hibernates; nothing is limited
   * before. A socket beyond it takes no frame and is closed. Not effective where {@link
   * Socket#bufferedBytes} is not known.
   */
  void limit(OutboundLimit limit);

  /**
   * Sends {@code heads[i] + tail} to {@code sockets[i]} for each of the tails in turn, all in one
   * step of the host.
   *
   * @return for each socket whether it took every frame: not when it is closing, gone, or over the
   *     limit; it then gets none of those that would follow
   */
  boolean[] sendEach(List<Socket> sockets, List<JsonText> heads, List<JsonText> tails);
}
