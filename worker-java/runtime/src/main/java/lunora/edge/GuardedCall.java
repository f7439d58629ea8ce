package lunora.edge;

import lunora.host.inbound.ForwardedCall;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardPost;
import lunora.host.remote.WorkerHost;
import lunora.security.SecurityPolicy;
import lunora.trace.RequestLog;

/** A call that was let pass, whose answer gets what every answer gets. */
final class GuardedCall implements ForwardedCall {

  private final ForwardedCall call;
  private final HttpRequest request;
  private final WorkerHost host;
  private final SecurityPolicy security;
  private final RequestLog log;
  private final double startedMs;

  GuardedCall(
      ForwardedCall call,
      HttpRequest request,
      WorkerHost host,
      SecurityPolicy security,
      RequestLog log) {
    this.call = call;
    this.request = request;
    this.host = host;
    this.security = security;
    this.log = log;
    this.startedMs = host.clock().nowAsDouble();
  }

  @Override
  public ShardPost post() {
    return call.post();
  }

  @Override
  public HttpResponse answered(HttpResponse.Json answer) {
    return guarded(call.answered(answer));
  }

  @Override
  public HttpResponse failed(RuntimeException thrown) {
    return guarded(call.failed(thrown));
  }

  private HttpResponse guarded(HttpResponse answer) {
    HttpResponse decorated = security.decorated(answer, request);
    return log.ended(null, startedMs, request, decorated, host);
  }
}
