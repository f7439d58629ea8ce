package lunora.bindings;

import lunora.bridge.workers.Env;
import lunora.bridge.workers.ServiceBinding;
import lunora.bridge.workers.StaticAssets;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.wire.JsonText;

/** Another Worker's entrypoint, and the static assets. */
final class ServiceRoutes {

  private ServiceRoutes() {}

  static WorkersResponse service(String action, Env env) {
    ServiceBinding service = env.service("SERVICE");
    return switch (action) {
      case "fetch" ->
          service.fetch(
              WorkersRequest.to("https://other.test/x?y=1").method("POST").body("é").build());
      case "call" -> call(service);
      case "refused" ->
          new Answer()
              .put("missing", Refusal.ofWork(() -> service.call("notThere")))
              .put("thrown", Refusal.ofWork(() -> service.call("fail")))
              .ok();
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse call(ServiceBinding service) {
    JsonText sum = service.call("add", JsonText.of("1"), JsonText.of("2.5"));
    JsonText echo = service.call("echo", JsonText.of("{\"a\":[null,\"é\"]}"));
    JsonText nothing = service.call("nothing");
    return new Answer().put("sum", sum).put("echo", echo).put("nothing", nothing).ok();
  }

  static WorkersResponse assets(String action, Env env) {
    StaticAssets assets = env.assets("ASSETS");
    return switch (action) {
      case "found" -> assets.get("/hello.txt");
      case "missing" -> assets.get("/not-there.txt");
      case "post" ->
          assets.fetch(WorkersRequest.to("https://a.test/hello.txt").method("POST").build());
      default -> WorkersResponse.text(404, action);
    };
  }
}
