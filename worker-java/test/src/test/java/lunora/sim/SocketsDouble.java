package lunora.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lunora.host.local.OutboundLimit;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** A mutant's sockets: what it makes of a frame for many is sent in its place. */
abstract class SocketsDouble implements Mutant, Sockets {

  private @Nullable Sockets sockets;

  /** The tail to send, or null to lose the frame and say that it was taken. */
  abstract @Nullable JsonText instead(List<JsonText> heads, JsonText tail);

  final Sockets real() {
    Sockets known = sockets;
    if (known == null) {
      throw new IllegalStateException("not hosted yet");
    }
    return known;
  }

  @Override
  public ShardHost host(ShardHost host) {
    sockets = host.sockets();
    return Mutant.with(host, host.sql(), this);
  }

  @Override
  public List<Socket> tagged(String tag) {
    return real().tagged(tag);
  }

  @Override
  public List<Socket> all() {
    return real().all();
  }

  @Override
  public boolean any() {
    return real().any();
  }

  @Override
  public void limit(OutboundLimit limit) {
    real().limit(limit);
  }

  @Override
  public boolean[] sendEach(List<Socket> to, List<JsonText> heads, List<JsonText> tails) {
    List<JsonText> changed = new ArrayList<>();
    for (JsonText tail : tails) {
      JsonText other = instead(heads, tail);
      if (other != null) {
        changed.add(other);
      }
    }
    if (!changed.isEmpty()) {
      return real().sendEach(to, heads, changed);
    }
    boolean[] taken = new boolean[to.size()];
    Arrays.fill(taken, true);
    return taken;
  }
}
