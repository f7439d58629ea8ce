package lunora.subscription;

import lunora.auth.Caller;
import lunora.host.local.Socket;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** A client at the other end of a socket, as those see it who send to it by themselves. */
public final class Peer {

  private final Socket socket;
  private final Connection connection;
  private final Expiry expiry;
  private final ServerFrames frames;

  Peer(Socket socket, Connection connection, Expiry expiry, ServerFrames frames) {
    this.socket = socket;
    this.connection = connection;
    this.expiry = expiry;
    this.frames = frames;
  }

  public String connectionId() {
    return connection.connectionId();
  }

  public Caller caller() {
    return connection.caller();
  }

  /** The mark of the admin token with which the socket was opened; null for a user's socket. */
  public @Nullable String operator() {
    return connection.operator();
  }

  /** Refuses an operator's subscription. */
  public void refuseOperator(String id) {
    socket.send(frames.adminsOnly(id));
  }

  /** How the client named itself, or null. */
  public @Nullable String clientId() {
    return connection.clientId();
  }

  /** Scheme, host and port under which the Worker was called. */
  public String origin() {
    return connection.origin();
  }

  /**
   * Sends one frame; false when the socket is gone, or is closed now since its identity has
   * expired.
   */
  public boolean send(JsonText frame) {
    return !expiry.ends(socket, connection) && socket.send(frame);
  }

  /** Bytes sent and not yet taken by the network, or -1 where the host cannot tell. */
  public long bufferedBytes() {
    return socket.bufferedBytes();
  }
}
