package lunora.admin;

import java.util.Map;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.rpc.RpcResponses;
import lunora.scheduler.SchedulerClient;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/** The jobs of a deployment: what its scheduler answers (protocol sections 15.3 and 17). */
public final class JobRoutes {

  private JobRoutes() {}

  /** Adds {@code scheduled} and what is below it. */
  public static void add(AdminRoutes routes) {
    routes.add("GET scheduled", (request, host) -> read(request, host, "/list"));
    routes.add("GET scheduled/get", (request, host) -> read(request, host, "/get"));
    routes.add("GET scheduled/status", (request, host) -> read(request, host, "/status"));
    routes.add("GET scheduled/dead", (request, host) -> read(request, host, "/dead"));
    routes.add("POST scheduled/cancel", (request, host) -> write(request, host, "/cancel"));
    routes.add("POST scheduled/dead/retry", (request, host) -> write(request, host, "/dead/retry"));
    routes.add(
        "POST scheduled/dead/cancel", (request, host) -> write(request, host, "/dead/cancel"));
  }

  private static HttpResponse read(HttpRequest request, WorkerHost host, String path) {
    HttpResponse answer = ask(host, path, AdminInput.query(request, "id", "cursor"));
    return answer;
  }

  private static HttpResponse write(HttpRequest request, WorkerHost host, String path) {
    Value.Obj body = AdminInput.body(request);
    JsonWriter id = new JsonWriter().raw("{\"id\":").string(AdminInput.text(body, "id"));
    HttpResponse answer = ask(host, path, id.raw("}").finish());
    return answer;
  }

  private static HttpResponse ask(WorkerHost host, String path, JsonText parameters) {
    Value.Obj found = SchedulerClient.post(host, path, parameters);
    JsonWriter json = new JsonWriter();
    Json.write(found, json);
    return RpcResponses.json(200, json.finish());
  }

  /**
   * Opens a socket that is sent the jobs with every change. May suspend.
   *
   * @throws lunora.error.LunoraException {@code SCHEDULER_NOT_CONFIGURED}
   */
  public static HttpResponse watch(HttpRequest request, WorkerHost host) {
    HttpResponse socket =
        SchedulerClient.namespace(host).upgrade(SchedulerClient.INSTANCE, request, Map.of());
    return socket;
  }
}
