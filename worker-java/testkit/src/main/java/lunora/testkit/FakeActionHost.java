package lunora.testkit;

import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ActionHost;
import lunora.host.remote.HttpFetcher;

/** What one event of a shard may use: it accepts one socket, and only for an upgrade. */
public final class FakeActionHost implements ActionHost {

  private final HttpRequest request;
  private final FakeSockets sockets;
  private final HttpFetcher fetcher;
  private boolean accepted;

  /** A host for one request to the shard that owns the sockets. */
  public FakeActionHost(HttpRequest request, FakeSockets sockets, HttpFetcher fetcher) {
    this.request = request;
    this.sockets = sockets;
    this.fetcher = fetcher;
  }

  @Override
  public HttpFetcher fetcher() {
    return fetcher;
  }

  @Override
  public HttpResponse acceptSocket(String tag, String attachment) {
    if (!"websocket".equalsIgnoreCase(request.header("upgrade"))) {
      throw new IllegalStateException("not an upgrade: " + request.url());
    }
    if (accepted) {
      throw new IllegalStateException("the socket of this request was accepted already");
    }
    accepted = true;
    return new FakeUpgrade(sockets.accept(tag, attachment));
  }
}
