package lunora.host.remote;

import lunora.host.inbound.HttpResponse;

/** What a shard may use outside a transaction, for the event at hand. */
public interface ActionHost {

  /** Outgoing HTTP. */
  HttpFetcher fetcher();

  /** The bindings of the deployment. */
  Bindings bindings();

  /**
   * Accepts the WebSocket of the current upgrade request with the tag and attachment it will carry
   * through hibernation.
   *
   * @return the 101 response
   */
  HttpResponse acceptSocket(String tag, String attachment);
}
