package lunora.bindings;

import lunora.bridge.workers.Env;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;
import lunora.bridge.workers.WorkflowInstance;
import lunora.bridge.workers.WorkflowStep;
import lunora.bridge.workers.Workflows;
import lunora.wire.JsonText;

/** A workflow: one step, a wait, an event, and a step that needs two attempts. */
final class WorkflowRoutes {

  private WorkflowRoutes() {}

  static WorkersResponse answer(String action, WorkersUrl url, Env env) {
    Workflows workflows = env.workflow("FLOW");
    String id = String.valueOf(url.query("id"));
    return switch (action) {
      case "create" ->
          new Answer().put("id", workflows.create(id, JsonText.of("{\"n\":[1,\"é\"]}")).id()).ok();
      case "status" -> status(workflows.get(id));
      case "event" -> {
        workflows.get(id).sendEvent("go", JsonText.of("{\"approved\":true}"));
        yield WorkersResponse.empty(204);
      }
      case "terminate" -> {
        workflows.get(id).terminate();
        yield WorkersResponse.empty(204);
      }
      case "refused" ->
          new Answer().put("unknown", Refusal.ofWork(() -> workflows.get("not-there"))).ok();
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse status(WorkflowInstance instance) {
    WorkflowInstance.Status status = instance.status();
    return new Answer()
        .put("name", status.name())
        .put("output", status.output())
        .put("error", status.error())
        .ok();
  }

  static JsonText run(String instanceId, JsonText parameters, WorkflowStep step, Env env) {
    JsonText first = step.perform("first", 0, () -> new Answer().put("got", parameters).json());
    step.sleepMs("pause", 50);
    JsonText event = step.waitForEvent("wait", "go");
    JsonText tried = step.perform("twice", 2, () -> attempt(instanceId, env));
    return new Answer().put("first", first).put("event", event).put("tried", tried).json();
  }

  /** Breaks the first time. */
  private static JsonText attempt(String instanceId, Env env) {
    String name = "flow-" + instanceId;
    String notes =
        env.durableObjects("OBJECT")
            .getByName(name)
            .fetch(
                WorkersRequest.to("https://o/object/" + name + "/notes/add")
                    .method("POST")
                    .body("1")
                    .build())
            .text();
    if (notes.equals("{\"notes\":[1]}")) {
      throw new IllegalStateException("the first attempt breaks");
    }
    return JsonText.of(notes);
  }
}
