package lunora.subscription;

import lunora.host.local.Socket;
import lunora.replay.ClientMark;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One socket's copy of a shape, and how far it got. The identity, the id and whether rows are owed
 * outlive hibernation; the rest is found again when it is needed.
 */
final class ShapeSubscriber {

  /** No poke with rows has been sent since the shard woke. */
  static final long NO_CHECKPOINT = -1;

  private final String connectionId;
  private final String id;
  private final LiveShape shape;
  private @Nullable Socket socket;
  private @Nullable Connection connection;
  private @Nullable ClientMark mark;
  private long markInHead;
  private @Nullable JsonText head;
  private long checkpoint = NO_CHECKPOINT;
  private boolean owed;

  ShapeSubscriber(String connectionId, String id, LiveShape shape, boolean owed) {
    this.connectionId = connectionId;
    this.id = id;
    this.shape = shape;
    this.owed = owed;
  }

  String connectionId() {
    return connectionId;
  }

  String id() {
    return id;
  }

  LiveShape shape() {
    return shape;
  }

  /**
   * Binds the copy to its open socket.
   *
   * @param clientMark how far its client's mutations got; null for a client without a name
   */
  void bind(Socket openSocket, Connection itsConnection, @Nullable ClientMark clientMark) {
    socket = openSocket;
    connection = itsConnection;
    mark = clientMark;
  }

  /** Lets go of its socket: it is to be bound anew, with what is known of the connection then. */
  void unbind() {
    socket = null;
  }

  /** The socket it is bound to, or null: it was never bound, or has to be bound anew. */
  @Nullable Socket socket() {
    return mark != null && mark.isDropped() ? null : socket;
  }

  @Nullable Connection connection() {
    return connection;
  }

  /** The checkpoint of the last poke with rows, or {@link #NO_CHECKPOINT}. */
  long checkpoint() {
    return checkpoint;
  }

  void setCheckpoint(long reached) {
    checkpoint = reached;
  }

  /** Whether a poke to it was lost: its next one starts over with all rows. */
  boolean isOwed() {
    return owed;
  }

  void setOwed(boolean isOwed) {
    owed = isOwed;
  }

  /** The start of each part for it; it names the client's last mutation, which moves on. */
  JsonText partHead(PokeFrames frames) {
    long last = mark == null ? ClientMark.NONE : mark.last();
    JsonText made = head;
    if (made == null || last != markInHead) {
      markInHead = last;
      made = frames.partHead(id, last);
      head = made;
    }
    return made;
  }
}
