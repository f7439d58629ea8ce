package lunora.shard;

import java.util.List;
import lunora.api.AppModule;
import lunora.api.ShardLimits;
import lunora.auth.IdentityHeaders;
import lunora.bulk.BulkRequests;
import lunora.changes.Change;
import lunora.host.inbound.AlarmEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import lunora.host.remote.Background;
import lunora.inspect.ShardOps;
import lunora.outbox.Destination;
import lunora.outbox.Release;
import lunora.rpc.BatchEnvelope;
import lunora.rpc.ReplayKey;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.subscription.Subscriptions;
import lunora.watch.GlobalWatcher;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One shard: its database, its functions, its sockets. Made anew whenever the Durable Object wakes;
 * everything that must last is in SQLite and in the sockets' attachments.
 */
public final class ShardActor implements ShardHandler {

  private final Subscriptions subscriptions;
  private final Dispatch dispatch;
  private final CallLog log;
  private final Release release;
  private final GlobalWatcher watcher;
  private final ShardOps operations;
  private final BulkCalls bulk;

  /** Wakes the shard with {@link ShardLimits#DEFAULT}. */
  public ShardActor(ShardHost host, Background background, AppModule app) {
    this(host, background, app, ShardLimits.DEFAULT);
  }

  /** Wakes the shard without any place for effects to go to. */
  public ShardActor(ShardHost host, Background background, AppModule app, ShardLimits limits) {
    this(host, background, app, limits, List.of());
  }

  /**
   * Wakes the shard: brings its tables to the app's schema and opens its log.
   *
   * @param destinations where what mutations ask for is delivered
   */
  public ShardActor(
      ShardHost host,
      Background background,
      AppModule app,
      ShardLimits limits,
      List<Destination> destinations) {
    ShardAssembly parts = new ShardAssembly(host, background, app, limits, destinations);
    this.subscriptions = parts.subscriptions();
    this.dispatch = parts.dispatch();
    this.log = parts.log();
    this.release = parts.release();
    this.watcher = parts.watcher();
    this.operations = parts.operations();
    this.bulk = parts.bulk();
    parts.start();
  }

  @Override
  public HttpResponse fetch(HttpRequest request, ActionHost actionHost) {
    if (!request.method().equals("POST")) {
      return upgrade(request, actionHost);
    }
    // Statements, not one expression: TeaVM compiles a suspending branch of one to invalid Wasm.
    String path = request.path();
    if (path.equals(ShardRequests.RPC_PATH)) {
      return rpc(request, actionHost);
    }
    if (path.equals(ShardRequests.BATCH_PATH)) {
      return batch(request, actionHost);
    }
    if (path.equals(Change.SHARD_PATH)) {
      return changed(request);
    }
    if (path.equals(ShardRequests.ADMIN_PATH)) {
      return operate(request);
    }
    if (path.startsWith(BulkRequests.PREFIX)) {
      String body = request.readText(BulkRequests.BODY_BYTES_MAX);
      return bulk.prepare(path, body).answer();
    }
    return HttpResponse.text(404, "Not found");
  }

  /** The board of a global table tells of a change: docs/adr/0031-live-global-tables.md. */
  private HttpResponse.Json changed(HttpRequest request) {
    try {
      String body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
      String answer = watcher.changed(Change.read(body));
      return RpcResponses.json(200, JsonText.of(answer));
    } catch (RuntimeException e) {
      return dispatch.failed(request.path(), e);
    }
  }

  private HttpResponse.Json operate(HttpRequest request) {
    try {
      String body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
      return dispatch.operate(RpcEnvelope.read(body), operations);
    } catch (RuntimeException e) {
      return dispatch.failed(request.path(), e);
    }
  }

  private HttpResponse upgrade(HttpRequest request, ActionHost actionHost) {
    if (!"websocket".equalsIgnoreCase(request.header("upgrade"))) {
      return HttpResponse.text(404, "Not found");
    }
    String origin = request.header(ShardRequests.ORIGIN_HEADER);
    Subscriptions.Opening opening =
        subscriptions.open(
            IdentityHeaders.read(request),
            origin == null ? "" : origin,
            IdentityHeaders.operator(request));
    return actionHost.acceptSocket(opening.tag(), opening.attachment());
  }

  @Override
  public @Nullable PreparedCall prepare(HttpRequest request, String body) {
    String path = request.path();
    if (path.startsWith(BulkRequests.PREFIX)) {
      return bulk.prepare(path, body);
    }
    if (!path.equals(ShardRequests.RPC_PATH)) {
      return null;
    }
    PreparedAnswer call = dispatch.prepare(body, request);
    return call == null || !log.covers(request) ? call : log.of(call, request, body);
  }

  private HttpResponse rpc(HttpRequest request, ActionHost actionHost) {
    try {
      String body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
      PreparedCall now = prepare(request, body);
      if (now != null) {
        return now.answer();
      }
      CallLog.Begun begun = log.begin(request);
      Incoming incoming = new Incoming(IdentityHeaders.read(request), request, actionHost);
      HttpResponse.Json answer =
          dispatch.answer(RpcEnvelope.read(body), ReplayKey.of(request), incoming);
      log.ended(begun, body, answer);
      return answer;
    } catch (RuntimeException e) {
      return dispatch.failed(request.path(), e);
    }
  }

  private HttpResponse.Json batch(HttpRequest request, ActionHost actionHost) {
    try {
      Incoming incoming = new Incoming(IdentityHeaders.read(request), request, actionHost);
      String body = request.readText(BatchEnvelope.SHARD_BODY_BYTES_MAX);
      return dispatch.batch(BatchEnvelope.read(body), incoming);
    } catch (RuntimeException e) {
      return dispatch.failed(request.path(), e);
    }
  }

  /** The outbox has something to deliver; nothing else sets a shard's alarm. */
  @Override
  public void alarm(AlarmEvent event, ActionHost actionHost) {
    release.rung();
  }

  @Override
  public void socketMessage(Socket socket, String frame) {
    subscriptions.message(socket, frame);
  }

  @Override
  public void socketClosed(Socket socket) {
    subscriptions.closed(socket);
  }
}
