package lunora.admin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import lunora.api.AppModule;
import lunora.api.Trigger;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.edge.CronTask;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.HttpRequest;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.WorkerHost;
import lunora.rpc.RpcResponses;
import lunora.scheduler.CronJobs;
import lunora.wire.JsonText;
import lunora.wire.JsonWriter;
import lunora.wire.Value;

/** What an app consists of, and its crons, which can be run at once. */
public final class CatalogRoutes {

  private final AppModule app;
  private final Map<String, List<CronTask>> tasks;

  private CatalogRoutes(AppModule app, Map<String, List<CronTask>> tasks) {
    this.app = app;
    this.tasks = tasks;
  }

  /**
   * Adds the routes.
   *
   * @param tasks what runs at which cron expression besides the app's functions
   */
  public static void add(AdminRoutes routes, AppModule app, Map<String, List<CronTask>> tasks) {
    CatalogRoutes catalog = new CatalogRoutes(app, tasks);
    FunctionCatalog functions = new FunctionCatalog(app);
    routes.add("GET functions", (request, host) -> RpcResponses.json(200, functions.functions()));
    routes.add("GET openapi", (request, host) -> RpcResponses.json(200, functions.openApi()));
    routes.add("GET openrpc", (request, host) -> RpcResponses.json(200, functions.openRpc()));
    routes.add("GET queues", (request, host) -> RpcResponses.json(200, catalog.queues()));
    routes.op("listQueues", (shardKey, args, host) -> result(catalog.queues()));
    routes.add("GET cron-jobs", (request, host) -> RpcResponses.json(200, catalog.crons()));
    routes.add("POST cron-jobs/run", catalog::run);
  }

  /** An operation's answer, as a shard gives it. */
  static HttpResponse.Json result(JsonText result) {
    JsonWriter json = new JsonWriter().raw("{\"result\":").json(result);
    return RpcResponses.json(200, json.raw("}").finish());
  }

  private JsonText queues() {
    JsonWriter json = new JsonWriter().raw("{\"queues\":[");
    String before = "";
    for (Trigger consumer : app.queueConsumers()) {
      json.raw(before).raw("{\"name\":").string(consumer.source());
      json.raw(",\"consumer\":").string(consumer.path().text()).raw("}");
      before = ",";
    }
    return json.raw("]}").finish();
  }

  /** Functions by their path, and what else runs at an expression by that. */
  private JsonText crons() {
    Map<String, JsonText> found = new TreeMap<>();
    for (Trigger cron : app.crons()) {
      found.put(cron.path().text(), cron(cron.path().text(), cron.source(), "function"));
    }
    for (String expression : tasks.keySet()) {
      found.put(expression, cron(expression, expression, "task"));
    }
    JsonWriter json = new JsonWriter().raw("{\"cronJobs\":[");
    String before = "";
    for (JsonText each : found.values()) {
      json.raw(before).json(each);
      before = ",";
    }
    return json.raw("]}").finish();
  }

  private static JsonText cron(String name, String expression, String kind) {
    JsonWriter json = new JsonWriter().raw("{\"name\":").string(name);
    json.raw(",\"cron\":").string(expression).raw(",\"kind\":").string(kind);
    return json.raw("}").finish();
  }

  private HttpResponse run(HttpRequest request, WorkerHost host) {
    Value.Obj body = AdminInput.body(request);
    String name = AdminInput.text(body, "name");
    long nowMs = host.clock().nowMs();
    List<Trigger> functions =
        app.crons().stream().filter(each -> each.path().text().equals(name)).toList();
    List<CronTask> due = tasks.getOrDefault(name, List.of());
    if (functions.isEmpty() && due.isEmpty()) {
      throw new LunoraException(ErrorCode.CRON_JOB_NOT_FOUND, "there is no cron job of this name")
          .withHint("one of " + names());
    }
    if (!functions.isEmpty()) {
      CronJobs.schedule(new CronEvent(functions.get(0).source(), nowMs), functions, host);
    }
    for (CronTask task : due) {
      task.run(new CronEvent(name, nowMs), host);
    }
    JsonWriter json = new JsonWriter().raw("{\"name\":").string(name);
    return RpcResponses.json(200, json.raw(",\"ran\":true}").finish());
  }

  private TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>(tasks.keySet());
    app.crons().forEach(each -> names.add(each.path().text()));
    return names;
  }
}
