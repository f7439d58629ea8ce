package lunora.edge;

import lunora.host.edge.Responder;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.QueueBatch;
import lunora.host.inbound.ServerCall;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.LogSink;
import lunora.host.remote.WorkerHost;
import lunora.queue.Consumers;
import lunora.rpc.ErrorBody;
import lunora.rpc.RpcResponses;
import lunora.security.SecurityPolicy;
import lunora.trace.RequestLog;
import lunora.trace.Trace;
import lunora.wire.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The Worker: which part of it answers a request (protocol section 1). Lunora's own plane comes
 * first, then the auth plane, the app's routes, and last the framework's pages. One part's failure
 * is one request's failure.
 */
public final class EdgeWorker implements WorkerHandler {

  private final Site site;
  private final EdgeHandler plane;
  private final CronTable crons;
  private final Consumers consumers;
  private @Nullable SecurityPolicy policy;
  private RequestLog log = RequestLog.of(null);

  /** A Worker of these parts. */
  public EdgeWorker(Site site, EdgeHandler plane, CronTable crons, Consumers consumers) {
    this.site = site;
    this.plane = plane;
    this.crons = crons;
    this.consumers = consumers;
  }

  @Override
  public HttpResponse fetch(HttpRequest request, WorkerHost host) {
    SecurityPolicy security = policy(request, host);
    long startedMs = host.clock().nowMs();
    Trace trace = log.begin(request, host);
    HttpResponse answer = security.preflight(request);
    if (answer == null) {
      answer = security.requestRefusal(request);
      // Statements: TeaVM compiles a suspending branch of an expression to invalid Wasm.
      if (answer == null) {
        answer = answer(request, host, security, trace);
      }
      answer = security.decorated(answer, request);
    }
    return log.ended(trace, startedMs, request, answer, host);
  }

  @Override
  public int beginsUpTo(HttpRequest request) {
    return plane.beginsUpTo(request);
  }

  @Override
  public @Nullable ForwardedCall begin(HttpRequest request, String body, WorkerHost host) {
    SecurityPolicy security = policy(request, host);
    if (log.isSampling() || security.requestRefusal(request) != null) {
      return null;
    }
    ForwardedCall call = plane.begin(request, body, host);
    return call == null ? null : new GuardedCall(call, request, host, security, log);
  }

  /** Made by the first request: what the deployment's variables say is known only then. */
  private SecurityPolicy policy(HttpRequest request, WorkerHost host) {
    SecurityPolicy known = policy;
    if (known == null) {
      known = SecurityPolicy.of(site.security(), host);
      policy = known;
      log = RequestLog.of(host.variable("LUNORA_LOG"));
      plane.started(request, host);
    }
    return known;
  }

  private HttpResponse answer(
      HttpRequest request, WorkerHost host, SecurityPolicy security, @Nullable Trace trace) {
    String path = request.path();
    if (path.startsWith(EdgeHandler.RESERVED_PREFIX)) {
      return plane.fetch(request, host, security, trace);
    }
    try {
      Responder auth = site.authFor(path);
      if (auth != null) {
        RequestSize.check(request);
        return auth.respond(request.withoutInternalHeaders(), host);
      }
      RouteTable.Match match = site.routes().find(request.method(), path);
      if (match != null) {
        return match.route().handle(request.withoutInternalHeaders(), match.params(), host);
      }
    } catch (RuntimeException e) {
      return failed(request, host, e);
    }
    Responder pages = site.httpRouter();
    if (pages == null) {
      return HttpResponse.text(404, "Not found");
    }
    return page(pages, request, host);
  }

  /** A page that fails is a page that fails: nothing else notices. */
  private static HttpResponse page(Responder pages, HttpRequest request, WorkerHost host) {
    try {
      return pages.respond(request.withoutInternalHeaders(), host);
    } catch (Throwable e) {
      host.log().log(LogSink.Level.ERROR, "a page failed: " + request.path(), e);
      return HttpResponse.text(500, "Internal Server Error");
    }
  }

  @Override
  public HttpResponse serverCall(HttpRequest request, ServerCall call, WorkerHost host) {
    try {
      return plane.serverCall(request, call, host);
    } catch (RuntimeException e) {
      return failed(request, host, e);
    }
  }

  @Override
  public void queue(QueueBatch batch, WorkerHost host) {
    consumers.consume(batch, host);
  }

  @Override
  public void scheduled(CronEvent event, WorkerHost host) {
    crons.run(event, host);
  }

  private static HttpResponse failed(HttpRequest request, WorkerHost host, RuntimeException e) {
    if (ErrorBody.isInternal(e)) {
      host.log().log(LogSink.Level.ERROR, "a request failed: " + request.path(), e);
    }
    return RpcResponses.error(ErrorBody.of(e, ErrorBody.Plane.WORKER), new JsonWriter());
  }
}
