package lunora.scheduler;

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
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcEnvelope;
import lunora.rpc.RpcResponses;
import lunora.wire.Json;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import lunora.wire.Value;
import lunora.wire.WireFormatException;

/**
 * The object that keeps the jobs of a deployment and begins them when they are due. Only the
 * deployment's own code reaches it, so it asks nobody who they are.
 */
public final class SchedulerActor implements ShardHandler {

  private static final String SOCKETS = "jobs";

  private final ShardHost host;
  private final JobRunner runner;
  private final JobListing jobs;
  private final SchedulerRoutes routes;
  private boolean telling;

  /** Wakes the scheduler: jobs that were running when it slept were lost and fail. */
  public SchedulerActor(ShardHost host, Background background, SchedulerSettings settings) {
    this.host = host;
    JobStore store = new JobStore(host.sql());
    this.runner = new JobRunner(host, background, store, settings);
    this.jobs = new JobListing(host.texts(), store);
    this.routes = new SchedulerRoutes(host, store, runner, jobs);
    runner.tell(this::changed);
    routes.tell(this::changed);
    runner.wake();
  }

  @Override
  public HttpResponse fetch(HttpRequest request, ActionHost actionHost) {
    String path = request.path();
    if ("websocket".equalsIgnoreCase(request.header("upgrade"))) {
      HttpResponse accepted = actionHost.acceptSocket(SOCKETS, "");
      changed();
      return accepted;
    }
    if (request.method().equals("GET") && SchedulerRoutes.reads(path)) {
      return answer(path, query(request));
    }
    boolean known = SchedulerRoutes.reads(path) || SchedulerRoutes.writes(path);
    if (!request.method().equals("POST") || !known) {
      return SchedulerRoutes.notFound();
    }
    String body;
    try {
      body = request.readText(RpcEnvelope.BODY_BYTES_MAX);
    } catch (LunoraException e) {
      return refused(e);
    }
    return answerText(path, body);
  }

  private static Value.Obj query(HttpRequest request) {
    Map<String, Value> parameters = new LinkedHashMap<>();
    for (String name : List.of("id", "cursor", "name")) {
      String value = request.query(name);
      if (value != null) {
        parameters.put(name, new Value.Str(value));
      }
    }
    return new Value.Obj(parameters);
  }

  /** A call of the deployment's own code, which posts for everything. */
  @Override
  public PreparedCall prepare(HttpRequest request, String body) {
    return new Asked(this, request.path(), body);
  }

  /** A call, answered by itself: those of one turn have no reason to wait for each other. */
  private record Asked(SchedulerActor scheduler, String path, String body) implements PreparedCall {

    @Override
    public boolean writes() {
      return false;
    }

    @Override
    public HttpResponse answer() {
      return scheduler.answerText(path, body);
    }
  }

  private HttpResponse.Json answerText(String path, String body) {
    try {
      if (Json.read(body) instanceof Value.Obj parameters) {
        return answer(path, parameters);
      }
      return refused(new LunoraException(ErrorCode.INVALID_INPUT, "send a JSON object"));
    } catch (WireFormatException e) {
      return refused(new LunoraException(ErrorCode.INVALID_INPUT, "send JSON"));
    }
  }

  private HttpResponse.Json answer(String path, Value.Obj parameters) {
    try {
      return host.sql().transaction(() -> routes.answer(path, parameters));
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  private HttpResponse.Json refused(RuntimeException thrown) {
    if (ErrorBody.isInternal(thrown)) {
      host.log().log(LogSink.Level.ERROR, "the scheduler failed", thrown);
    }
    return RpcResponses.error(ErrorBody.of(thrown, ErrorBody.Plane.SHARD), host.texts().sink());
  }

  @Override
  public void alarm(AlarmEvent event, ActionHost actionHost) {
    runner.rung();
  }

  /** Those who watch are told once the event at hand is over, however much it changed. */
  private void changed() {
    if (!telling && host.sockets().any()) {
      telling = true;
      host.deferred().afterResponse(this::tell);
    }
  }

  private void tell() {
    telling = false;
    List<Socket> watching = host.sockets().tagged(SOCKETS);
    if (!watching.isEmpty()) {
      JsonSink sink = host.texts().sink().raw("{\"type\":\"jobs\",");
      jobs.writeFirst(sink);
      JsonText frame = sink.raw("}").finish();
      for (Socket socket : watching) {
        socket.send(frame);
      }
    }
  }

  /** Those who watch have nothing to say. */
  @Override
  public void socketMessage(Socket socket, String frame) {}

  @Override
  public void socketClosed(Socket socket) {}
}
