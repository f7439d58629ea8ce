package lunora.bindings;

import java.nio.charset.StandardCharsets;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.ExecutionContext;
import lunora.bridge.workers.HashAlgorithm;
import lunora.bridge.workers.Pending;
import lunora.bridge.workers.WebCrypto;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;

/** The context of an event. */
final class ContextRoutes {

  private ContextRoutes() {}

  static WorkersResponse answer(String action, WorkersUrl url, Env env, ExecutionContext context) {
    return switch (action) {
      case "wait" -> {
        context.waitUntil(() -> touch(env, String.valueOf(url.query("name"))));
        yield WorkersResponse.text(202, "later");
      }
      case "waitFails" -> {
        context.waitUntil(
            () -> {
              throw new IllegalStateException("after the answer");
            });
        yield WorkersResponse.text(202, "later");
      }
      case "pending" -> pending();
      case "pass" -> {
        context.passThroughOnException();
        throw new IllegalStateException("the handler broke");
      }
      default -> WorkersResponse.text(404, action);
    };
  }

  private static void touch(Env env, String name) {
    env.durableObjects("OBJECT")
        .getByName(name)
        .fetch(WorkersRequest.to("https://object/object/" + name + "/storage/touch").build())
        .text();
  }

  private static WorkersResponse pending() {
    StringBuilder order = new StringBuilder();
    Pending first = Pending.start(() -> order.append(digested("a")));
    Pending second = Pending.start(() -> order.append(digested("b")));
    Pending broken =
        Pending.start(
            () -> {
              throw new IllegalArgumentException("beside");
            });
    order.append("go ");
    first.await();
    second.await();
    return new Answer()
        .put("order", order.toString())
        .put("broken", Refusal.ofWork(broken::await))
        .ok();
  }

  private static String digested(String text) {
    WebCrypto.digest(HashAlgorithm.SHA_256, text.getBytes(StandardCharsets.UTF_8));
    return text;
  }
}
