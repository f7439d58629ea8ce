package lunora.shard;

import lunora.api.ActionContext;
import lunora.auth.Caller;
import lunora.host.local.ShardHost;
import lunora.host.remote.HttpFetcher;
import lunora.stream.ActionContexts;

/** A stream calls functions and the network as an action does. */
final class StreamContexts implements ActionContexts {

  private final ShardHost host;
  private final Calls calls;
  private final HttpFetcher fetcher;

  StreamContexts(ShardHost host, Calls calls, HttpFetcher fetcher) {
    this.host = host;
    this.calls = calls;
    this.fetcher = fetcher;
  }

  @Override
  public ActionContext of(Caller caller, String functionPath, String origin) {
    ActionScope scope = new ActionScope(fetcher, origin, 0);
    return new ActionCall(host, calls, caller, functionPath, scope);
  }
}
