package lunora.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.inbound.AlarmEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.PreparedCall;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.local.Socket;
import lunora.host.remote.ActionHost;
import lunora.host.remote.Background;
import lunora.outbox.Outbox;
import lunora.outbox.Release;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The object that knows the shards of a deployment (protocol section 14.3): {@code GET
 * /list?table=}, {@code POST /register}, {@code POST /unregister}, {@code GET /snapshot}; has them
 * all run migrations: {@code POST /migrations}, {@code POST /migrations/run}; and keeps the record
 * of what operators did: {@code POST /audit}, {@code GET /audit/list}; and of files: {@code POST
 * /files/...}. Only the deployment's own code reaches it, so it asks nobody who they are.
 */
public final class RegistryActor implements ShardHandler {

  private static final JsonText DONE = JsonText.of("{\"ok\":true}");

  private final ShardHost host;
  private final RegistryStore store;
  private final Outbox outbox;
  private final MigrationOrders migrations;
  private final Release release;
  private final AuditStore audit;
  private final FileOps files;

  public RegistryActor(ShardHost host, Background background) {
    this.host = host;
    this.store = new RegistryStore(host.sql());
    this.outbox = new Outbox(host);
    this.migrations = new MigrationOrders(host, store, outbox);
    this.release = new Release(outbox, background, host.log(), List.of(migrations));
    this.audit = new AuditStore(host.sql());
    this.files = new FileOps(host);
  }

  @Override
  public HttpResponse fetch(HttpRequest request, ActionHost actionHost) {
    String path = request.path();
    if (request.method().equals("GET")) {
      Map<String, Value> parameters = new LinkedHashMap<>();
      String table = request.query("table");
      if (table != null) {
        parameters.put("table", new Value.Str(table));
      }
      return answer(path, new Value.Obj(parameters), false);
    }
    String body;
    try {
      body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    } catch (LunoraException e) {
      return refused(e);
    }
    return answerText(path, body);
  }

  /** A call of the deployment's own code, which posts for everything. */
  @Override
  public PreparedCall prepare(HttpRequest request, String body) {
    return new Asked(this, request.path(), body);
  }

  private record Asked(RegistryActor registry, String path, String body) implements PreparedCall {

    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public HttpResponse answer() {
      return registry.answerText(path, body);
    }
  }

  private HttpResponse.Json answerText(String path, String body) {
    try {
      if (Json.read(body) instanceof Value.Obj parameters) {
        return answer(path, parameters, true);
      }
      return refused(new LunoraException(ErrorCode.INVALID_INPUT, "send a JSON object"));
    } catch (WireFormatException e) {
      return refused(new LunoraException(ErrorCode.INVALID_INPUT, "send JSON"));
    }
  }

  private HttpResponse.Json answer(String path, Value.Obj parameters, boolean posted) {
    boolean committed = false;
    try {
      HttpResponse.Json answer = host.sql().transaction(() -> answered(path, parameters, posted));
      committed = true;
      outbox.committed();
      return answer;
    } catch (RuntimeException e) {
      return refused(e);
    } finally {
      if (!committed) {
        outbox.rolledBack();
      }
    }
  }

  private HttpResponse.Json answered(String path, Value.Obj parameters, boolean posted) {
    return switch (path) {
      case "/list" -> list(text(parameters, "table"));
      case "/snapshot" -> snapshot();
      case "/register" -> posted ? register(parameters) : notFound();
      case "/unregister" -> posted ? unregister(parameters) : notFound();
      case "/audit" -> posted ? record(parameters) : notFound();
      case "/audit/list" -> recorded(parameters);
      default -> posted ? other(path, parameters) : notFound();
    };
  }

  private HttpResponse.Json other(String path, Value.Obj parameters) {
    JsonText answer =
        path.startsWith(FileOps.PREFIX)
            ? files.answer(path, parameters)
            : migrations.answer(path, parameters);
    return answer == null ? notFound() : RpcResponses.json(200, answer);
  }

  private HttpResponse.Json list(String table) {
    JsonSink sink = host.texts().sink().raw("{\"shardKeys\":");
    store.writeKeys(table, sink);
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private HttpResponse.Json snapshot() {
    JsonSink sink = host.texts().sink().raw("{\"shards\":");
    store.writeAll(sink);
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private HttpResponse.Json register(Value.Obj parameters) {
    Double usedMs = number(parameters, "usedAt");
    double used = usedMs == null ? host.clock().nowMs() : usedMs;
    store.register(
        text(parameters, "table"), text(parameters, "shardKey"), number(parameters, "rows"), used);
    migrations.listed(text(parameters, "shardKey"));
    return RpcResponses.json(200, DONE);
  }

  private HttpResponse.Json unregister(Value.Obj parameters) {
    store.unregister(text(parameters, "table"), text(parameters, "shardKey"));
    return RpcResponses.json(200, DONE);
  }

  private HttpResponse.Json record(Value.Obj row) {
    Double atMs = number(row, "at");
    long seq =
        audit.add(
            new AuditStore.Row(
                atMs == null ? host.clock().nowMs() : atMs,
                textOrNull(row, "actor"),
                textOrNull(row, "address"),
                textOrNull(row, "operation"),
                textOrNull(row, "shardKey"),
                textOrNull(row, "target"),
                number(row, "begun"),
                number(row, "status")));
    JsonSink sink = host.texts().sink().raw("{\"seq\":").number(seq);
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private HttpResponse.Json recorded(Value.Obj parameters) {
    Double before = number(parameters, "before");
    Double limit = number(parameters, "limit");
    JsonSink sink = host.texts().sink().raw("{\"entries\":");
    audit.write(
        before == null ? Long.MAX_VALUE : before,
        limit == null ? AuditStore.PAGE_ROWS : (int) Math.max(1, limit),
        sink);
    return RpcResponses.json(200, sink.raw("}").finish());
  }

  private static @Nullable String textOrNull(Value.Obj parameters, String name) {
    return parameters.fields().get(name) instanceof Value.Str text ? text.value() : null;
  }

  private static String text(Value.Obj parameters, String name) {
    if (parameters.fields().get(name) instanceof Value.Str text) {
      return text.value();
    }
    throw new LunoraException(ErrorCode.INVALID_INPUT, "`" + name + "` must be a string");
  }

  private static @Nullable Double number(Value.Obj parameters, String name) {
    return parameters.fields().get(name) instanceof Value.Num number ? number.value() : null;
  }

  private static HttpResponse.Json notFound() {
    return RpcResponses.json(404, JsonText.of("{\"error\":{\"code\":\"NOT_FOUND\"}}"));
  }

  private HttpResponse.Json refused(RuntimeException thrown) {
    if (ErrorBody.isInternal(thrown)) {
      host.log().log(LogSink.Level.ERROR, "the registry of shards failed", thrown);
    }
    return RpcResponses.error(ErrorBody.of(thrown, ErrorBody.Plane.SHARD), host.texts().sink());
  }

  /** There is an order that a shard has to hear of. */
  @Override
  public void alarm(AlarmEvent event, ActionHost actionHost) {
    release.rung();
  }

  /** Nobody opens a socket here. */
  @Override
  public void socketMessage(Socket socket, String frame) {}

  @Override
  public void socketClosed(Socket socket) {}
}
