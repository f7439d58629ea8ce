package lunora.shard;

import lunora.bulk.BulkRoutes;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.registry.ShardUse;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcResponses;
import lunora.subscription.Subscriptions;

/** What the Worker's backups and imports ask of this shard. Never suspends. */
final class BulkCalls {

  private final ShardHost host;
  private final BulkRoutes routes;
  private final ShardUse use;
  private final Subscriptions subscriptions;

  BulkCalls(ShardHost host, BulkRoutes routes, ShardUse use, Subscriptions subscriptions) {
    this.host = host;
    this.routes = routes;
    this.use = use;
    this.subscriptions = subscriptions;
  }

  PreparedCall prepare(String path, String body) {
    return new Asked(this, path, body);
  }

  private record Asked(BulkCalls calls, String path, String body) implements PreparedCall {

    /** Not to be held back: nobody writes so often that a shared commit would be worth waiting. */
    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public HttpResponse answer() {
      return calls.answer(path, body);
    }
  }

  private HttpResponse.Json answer(String path, String body) {
    try {
      BulkRoutes.Answer answer = routes.answer(path, body);
      if (answer == null) {
        throw new LunoraException(ErrorCode.NOT_FOUND, "there is no " + path);
      }
      if (answer.replaced()) {
        use.replaced();
        subscriptions.endAll();
      }
      return RpcResponses.json(200, answer.body());
    } catch (RuntimeException e) {
      if (ErrorBody.isInternal(e)) {
        host.log().log(LogSink.Level.ERROR, "a backup or import failed: " + path, e);
      }
      return RpcResponses.error(ErrorBody.of(e, ErrorBody.Plane.SHARD), host.texts().sink());
    }
  }
}
