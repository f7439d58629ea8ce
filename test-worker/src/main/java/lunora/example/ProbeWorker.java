package lunora.example;

import java.util.Map;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonText;

/** The edge of the probe: some routes of its own, everything else goes to the shard "probe". */
final class ProbeWorker implements WorkerHandler {

  private static final int BODY_BYTES_MAX = 1024;

  @Override
  public HttpResponse fetch(HttpRequest request, WorkerHost host) {
    String path = request.path();
    if (path.equals("/_lunora/null")) {
      return HttpResponse.json(200, JsonText.of("{}"));
    }
    if (path.equals("/_lunora/throw")) {
      throw new IllegalStateException("thrown at the edge");
    }
    if (path.equals("/_lunora/overflow")) {
      return HttpResponse.text(200, String.valueOf(depth(1)));
    }
    if (path.equals("/_lunora/overflow-late")) {
      request.readText(BODY_BYTES_MAX);
      return HttpResponse.text(200, String.valueOf(depth(1)));
    }
    if (path.equals("/_lunora/variable")) {
      return HttpResponse.text(200, String.valueOf(host.variable("SECRET")));
    }
    if (path.equals("/_lunora/live")) {
      return host.shards().upgrade("probe", request, Map.of("x-lunora-user", "u1"));
    }
    String body;
    try {
      body = request.readText(BODY_BYTES_MAX);
    } catch (lunora.error.LunoraException e) {
      return HttpResponse.text(e.status(), e.code() + " " + e.getMessage());
    }
    return host.shards().post("probe", path, Map.of("content-type", "application/json"), body);
  }

  private static int depth(int n) {
    return n < 0 ? 0 : 1 + depth(n + 1);
  }
}
