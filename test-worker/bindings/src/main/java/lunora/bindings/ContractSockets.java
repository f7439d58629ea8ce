package lunora.bindings;

import lunora.bridge.host.CfSockets;
import lunora.bridge.workers.DurableObjectState;
import lunora.bridge.workers.SocketListener;
import lunora.bridge.workers.SocketPair;
import lunora.host.local.Socket;
import lunora.host.local.Sockets;
import lunora.testkit.contract.SocketsContract;

/** Sockets whose clients are in the object too. */
final class ContractSockets implements SocketsContract.Host {

  private final DurableObjectState state;
  private final CfSockets sockets;

  ContractSockets(DurableObjectState state) {
    this.state = state;
    this.sockets = new CfSockets(state.raw());
  }

  @Override
  public Sockets sockets() {
    return sockets;
  }

  @Override
  public Socket accept(String tag, String attachment) {
    SocketPair pair = SocketPair.create();
    state.sockets().accept(pair.server(), tag);
    pair.client().listen(new SocketListener() {});
    pair.server().attach(attachment);
    sockets.opened();
    return sockets.socket(pair.server().raw());
  }
}
