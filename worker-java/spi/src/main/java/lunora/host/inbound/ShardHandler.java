package lunora.host.inbound;

import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;

/**
 * One shard, alone in its Durable Object. Events arrive one at a time; only {@link #fetch} may
 * suspend, and only before a call is dispatched or inside an action.
 */
public interface ShardHandler {

  /** Answers a request the Worker sent on, or refuses an upgrade. May suspend. */
  HttpResponse fetch(HttpRequest request, ActionHost host);

  /** A text frame arrived. Never suspends, never throws. */
  void socketMessage(Socket socket, String frame);

  /** The socket is gone, for whatever reason. Never suspends, never throws. */
  void socketClosed(Socket socket);
}
