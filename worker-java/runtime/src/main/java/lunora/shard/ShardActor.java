package lunora.shard;

import lunora.api.AppModule;
import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.auth.IdentityHeaders;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import lunora.oplog.Oplog;
import lunora.query.QueryRunner;
import lunora.rpc.ErrorBody;
import lunora.rpc.FunctionRegistry;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.rpc.ShardRequests;
import lunora.schema.Schema;
import lunora.store.Meta;
import lunora.store.SchemaMigration;
import lunora.store.Stores;
import lunora.subscription.Subscriptions;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;

/**
 * One shard: its database, its functions, its sockets. Made anew whenever the Durable Object wakes;
 * everything that must last is in SQLite and in the sockets' attachments.
 */
public final class ShardActor implements ShardHandler {

  private final ShardHost host;
  private final Oplog oplog;
  private final FunctionRegistry functions;
  private final Subscriptions subscriptions;
  private final Calls calls;

  /** Wakes the shard: brings its tables to the app's schema and opens its log. */
  public ShardActor(ShardHost host, AppModule app) {
    this.host = host;
    Schema schema = app.schema();
    Meta meta = Meta.open(host.sql());
    new SchemaMigration(host.sql(), meta).run(schema);
    this.oplog = Oplog.open(host.sql(), meta, host.clock(), host.random());
    this.functions = new FunctionRegistry(app);
    Stores stores = new Stores(schema, host.sql(), host.texts());
    QueryRunner queries = new QueryRunner(host, stores);
    this.subscriptions = new Subscriptions(host, schema, functions, queries, oplog);
    this.calls = new Calls(host, stores, oplog, functions, queries, subscriptions);
  }

  @Override
  public HttpResponse fetch(HttpRequest request, ActionHost actionHost) {
    if ("websocket".equalsIgnoreCase(request.header("upgrade"))) {
      return subscriptions.accept(IdentityHeaders.read(request), actionHost);
    }
    if (!request.method().equals("POST") || !request.path().equals(ShardRequests.RPC_PATH)) {
      return HttpResponse.text(404, "Not found");
    }
    HttpResponse.Json response;
    try {
      response = call(request, actionHost);
    } catch (RuntimeException e) {
      response = failed(request, e);
    }
    return response.with(ShardRequests.SHARD_KEY_HEADER, IdentityHeaders.encode(host.shardKey()));
  }

  private HttpResponse.Json failed(HttpRequest request, RuntimeException thrown) {
    if (ErrorBody.isInternal(thrown)) {
      host.log().log(LogSink.Level.ERROR, "a call failed: " + request.path(), thrown);
    }
    return RpcResponses.error(ErrorBody.of(thrown, ErrorBody.Plane.SHARD), host.texts().sink());
  }

  private HttpResponse.Json call(HttpRequest request, ActionHost actionHost) {
    Caller caller = IdentityHeaders.read(request);
    RpcEnvelope envelope = RpcEnvelope.read(request.readText(RpcEnvelope.BODY_BYTES_MAX));
    Value.Obj args = envelope.decodedArgs();
    String path = envelope.functionPath();
    FunctionDescriptor.OfQuery<?> query = functions.query(path, caller);
    if (query != null) {
      return answer(request, calls.query(query, args, caller));
    }
    FunctionDescriptor.OfMutation<?> mutation = functions.mutation(path, caller);
    if (mutation != null) {
      return answer(request, calls.mutate(mutation, args, caller).result());
    }
    FunctionDescriptor.OfAction<?> action = functions.action(path, caller);
    if (action != null) {
      String origin = request.header(ShardRequests.ORIGIN_HEADER);
      if (origin == null) {
        throw new LunoraException(ErrorCode.MISCONFIGURED, "the Worker passed no origin on");
      }
      return answer(
          request, calls.act(action, args, caller, new ActionScope(actionHost, origin, 0)));
    }
    throw FunctionRegistry.notFound(path);
  }

  private HttpResponse.Json answer(HttpRequest request, JsonText result) {
    JsonSink sink = host.texts().sink().raw("{\"result\":").json(result);
    if (request.header(ShardRequests.MUTATION_ID_HEADER) != null) {
      sink.raw(",\"commitCursor\":").number(oplog.head());
    }
    return RpcResponses.json(200, sink.raw("}").finish());
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
