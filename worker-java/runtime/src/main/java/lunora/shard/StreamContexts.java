package lunora.shard;

import lunora.api.ActionContext;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.stream.ActionContexts;

/** A stream calls functions and the network as an action does. */
final class StreamContexts implements ActionContexts {

  private final ShardHost host;
  private final Calls calls;
  private final Background background;

  StreamContexts(ShardHost host, Calls calls, Background background) {
    this.host = host;
    this.calls = calls;
    this.background = background;
  }

  @Override
  public ActionContext of(Caller caller, String functionPath, String origin) {
    ActionScope scope = new ActionScope(background.fetcher(), background.bindings(), origin, 0);
    return new ActionCall(host, calls, caller, functionPath, scope);
  }
}
