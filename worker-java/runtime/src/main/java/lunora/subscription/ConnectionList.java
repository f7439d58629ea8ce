package lunora.subscription;

import java.util.List;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.wire.JsonSink;
import org.jspecify.annotations.Nullable;

/** The open sockets of a shard, for operators. One step a socket: not for a hot path. */
public final class ConnectionList {

  private ConnectionList() {}

  /**
   * Writes the first of them as an array, without the claims of their users.
   *
   * @return how many there are
   */
  public static int write(Sockets sockets, int limit, JsonSink sink) {
    List<Socket> all = sockets.all();
    sink.raw("[");
    for (int i = 0; i < Math.min(limit, all.size()); i++) {
      sink.raw(i == 0 ? "" : ",");
      write(Connection.of(all.get(i)), all.get(i).bufferedBytes(), sink);
    }
    sink.raw("]");
    return all.size();
  }

  private static void write(Connection connection, long bufferedBytes, JsonSink sink) {
    sink.raw("{\"connectionId\":").string(connection.connectionId());
    text(",\"userId\":", connection.userId(), sink);
    text(",\"clientId\":", connection.clientId(), sink);
    sink.raw(",\"connected\":").raw(String.valueOf(connection.connected()));
    sink.raw(",\"pageDelta\":").raw(String.valueOf(connection.pageDelta()));
    Long expiresAtMs = connection.expiresAtMs();
    if (expiresAtMs != null) {
      sink.raw(",\"expiresAt\":").number(expiresAtMs);
    }
    if (bufferedBytes >= 0) {
      sink.raw(",\"bufferedBytes\":").number(bufferedBytes);
    }
    sink.raw("}");
  }

  private static void text(String key, @Nullable String value, JsonSink sink) {
    if (value != null) {
      sink.raw(key).string(value);
    }
  }
}
