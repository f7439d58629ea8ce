package lunora.subscription;

import lunora.host.local.Socket;
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

  /** Binds the subscriber to its open socket. */
  void bind(Socket openSocket, Connection itsConnection) {
    socket = openSocket;
    connection = itsConnection;
  }

  @Nullable Socket socket() {
    return socket;
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
    JsonText head = dataHead;
    if (head == null) {
      head = frames.head("data", id);
      dataHead = head;
    }
    return head;
  }

  JsonText deltaHead(ServerFrames frames) {
    JsonText head = deltaHead;
    if (head == null) {
      head = frames.head("delta", id);
      deltaHead = head;
    }
    return head;
  }

  JsonText settledHead(ServerFrames frames) {
    JsonText head = settledHead;
    if (head == null) {
      head = frames.head("settled", id);
      settledHead = head;
    }
    return head;
  }
}
