package lunora.testkit;

import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ActionHost;
import lunora.host.remote.Bindings;
import lunora.host.remote.HttpFetcher;
import org.jspecify.annotations.Nullable;

/** What one event of a shard may use: it accepts one socket, and only for an upgrade. */
public final class FakeActionHost implements ActionHost {

  private final @Nullable HttpRequest request;
  private final FakeShardHost shard;
  private boolean accepted;

  private FakeActionHost(FakeShardHost shard, @Nullable HttpRequest request) {
    this.shard = shard;
    this.request = request;
  }

  /** A host for one request to the shard. */
  public FakeActionHost(HttpRequest request, FakeShardHost shard) {
    this(shard, request);
  }

  /** A host for an event that is no request, such as an alarm. */
  public static FakeActionHost withoutRequest(FakeShardHost shard) {
    return new FakeActionHost(shard, null);
  }

  @Override
  public HttpFetcher fetcher() {
    return shard.fetcher();
  }

  @Override
  public Bindings bindings() {
    return shard.bindings();
  }

  @Override
  public HttpResponse acceptSocket(String tag, String attachment) {
    if (request == null || !"websocket".equalsIgnoreCase(request.header("upgrade"))) {
      throw new IllegalStateException("not an upgrade");
    }
    if (accepted) {
      throw new IllegalStateException("the socket of this request was accepted already");
    }
    accepted = true;
    return new FakeUpgrade(shard.sockets().accept(tag, attachment));
  }
}
