package lunora.host.inbound;

import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import org.jspecify.annotations.Nullable;

/**
 * One shard, alone in its Durable Object. Events arrive one at a time; only {@link #fetch} may
 * suspend, and only before a call is dispatched or inside an action.
 */
public interface ShardHandler {

  /** The longest frame a shard reads: UTF-16 units of a text, bytes of a binary one. */
  int FRAME_LENGTH_MAX = 1_048_576;

  /** Answers a request the Worker sent on, or refuses an upgrade. May suspend. */
  HttpResponse fetch(HttpRequest request, ActionHost host);

  /**
   * Reads a posted request whose body has arrived, when to answer it takes no waiting: a query or a
   * mutation. Never throws, never suspends.
   *
   * @return null when it may take waiting: the request then goes to {@link #fetch}, which reads the
   *     same body
   */
  @Nullable PreparedCall prepare(HttpRequest request, String body);

  /** A text frame arrived. Never suspends, never throws. */
  void socketMessage(Socket socket, String frame);

  /** The socket is gone, for whatever reason. Never suspends, never throws. */
  void socketClosed(Socket socket);

  /**
   * The alarm went off. May suspend outside of transactions. What it throws makes the platform run
   * it again, at most 6 times, and takes back what it wrote since it last suspended.
   *
   * @throws IllegalStateException unless overridden
   */
  default void alarm(AlarmEvent event, ActionHost host) {
    throw new IllegalStateException("an alarm was set, but nothing handles it");
  }
}
