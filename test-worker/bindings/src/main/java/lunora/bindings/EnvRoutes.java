package lunora.bindings;

import lunora.bridge.workers.Env;
import lunora.bridge.workers.WorkersResponse;

/** Variables, secrets, bindings. */
final class EnvRoutes {

  private EnvRoutes() {}

  static WorkersResponse answer(String action, Env env) {
    return switch (action) {
      case "found" ->
          new Answer()
              .put("greeting", env.variable("GREETING"))
              .put("settings", env.jsonVariable("SETTINGS"))
              .put("secret", env.secret("TOKEN"))
              .put("raw", env.raw("OBJECT") != null)
              .ok();
      case "missing" ->
          new Answer()
              .put("variable", env.variable("NOT_THERE"))
              .put("inherited", env.variable("toString"))
              .put("notText", env.variable("SETTINGS"))
              .put("json", env.jsonVariable("NOT_THERE"))
              .put("raw", env.raw("NOT_THERE") != null)
              .put("secret", Refusal.of(() -> env.secret("NOT_THERE")))
              .put("objects", Refusal.of(() -> env.durableObjects("NOT_THERE")))
              .put("notObjects", Refusal.of(() -> env.durableObjects("GREETING")))
              .ok();
      default -> WorkersResponse.text(404, action);
    };
  }
}
