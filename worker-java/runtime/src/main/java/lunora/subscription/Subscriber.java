package lunora.subscription;

import lunora.host.local.Socket;
import lunora.replay.ClientMark;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of one socket to a live query, and what it was last sent. Only identity and id
 * outlive hibernation; the rest is found again when it is needed.
 */
final class Subscriber {

  private final String connectionId;
  private final String id;
  private @Nullable Socket socket;
  private @Nullable Connection connection;
  private @Nullable ClientMark mark;
  private long markInHeads;
  private boolean current;
  private @Nullable JsonText dataHead;
  private @Nullable JsonText deltaHead;
  private @Nullable JsonText settledHead;

  Subscriber(String connectionId, String id) {
    this.connectionId = connectionId;
    this.id = id;
  }

  String connectionId() {
    return connectionId;
  }

  String id() {
    return id;
  }

  /**
   * Binds the subscriber to its open socket.
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

  /** Whether the last result of the query was delivered to this subscriber, whole. */
  boolean isCurrent() {
    return current;
  }

  void setCurrent(boolean delivered) {
    current = delivered;
  }

  boolean mergesDeltas() {
    Connection known = connection;
    return known != null && known.pageDelta();
  }

  JsonText dataHead(ServerFrames frames) {
    refreshHeads();
    JsonText head = dataHead;
    if (head == null) {
      head = frames.head("data", id, markInHeads);
      dataHead = head;
    }
    return head;
  }

  JsonText deltaHead(ServerFrames frames) {
    refreshHeads();
    JsonText head = deltaHead;
    if (head == null) {
      head = frames.head("delta", id, markInHeads);
      deltaHead = head;
    }
    return head;
  }

  JsonText settledHead(ServerFrames frames) {
    refreshHeads();
    JsonText head = settledHead;
    if (head == null) {
      head = frames.head("settled", id, markInHeads);
      settledHead = head;
    }
    return head;
  }

  JsonText resumeHead(ServerFrames frames) {
    refreshHeads();
    return frames.head("resume", id, markInHeads);
  }

  /** Heads name the client's last mutation: each one applied makes them anew. */
  private void refreshHeads() {
    long last = mark == null ? ClientMark.NONE : mark.last();
    if (last != markInHeads) {
      markInHeads = last;
      dataHead = null;
      deltaHead = null;
      settledHead = null;
    }
  }
}
