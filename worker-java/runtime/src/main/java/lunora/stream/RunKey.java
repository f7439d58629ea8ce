package lunora.stream;

import lunora.subscription.Peer;
import lunora.wire.StableKey;
import lunora.wire.Value;

/**
 * What makes two calls of a durable stream the same run (protocol section 10).
 *
 * @param caller the user, else the client by its own name, else the connection
 * @param path the function
 * @param args the stable key of its arguments
 */
record RunKey(String caller, String path, String args) {

  static RunKey of(Peer peer, String path, Value.Obj args) {
    return new RunKey(callerOf(peer), path, StableKey.of(args));
  }

  private static String callerOf(Peer peer) {
    if (peer.caller().identity().isPresent()) {
      return "user:" + peer.caller().identity().get().userId();
    }
    return peer.clientId() == null || peer.clientId().isEmpty()
        ? "conn:" + peer.connectionId()
        : "client:" + peer.clientId();
  }
}
