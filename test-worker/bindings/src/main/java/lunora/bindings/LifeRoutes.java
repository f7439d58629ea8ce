package lunora.bindings;

import lunora.bridge.workers.DurableObjectState;
import lunora.bridge.workers.HashAlgorithm;
import lunora.bridge.workers.WebCrypto;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;

/** The life of an object: who it is, what it blocks on, how it ends. */
final class LifeRoutes {

  private static int started;

  private final DurableObjectState state;
  private final int start;
  private final StringBuilder order = new StringBuilder();

  LifeRoutes(DurableObjectState state) {
    this.state = state;
    this.start = ++started;
    state.blockConcurrencyWhile(this::prepare);
  }

  /** Suspends several times; a request that came in between would be seen in the order. */
  private void prepare() {
    order.append("begin ");
    for (int i = 0; i < 5; i++) {
      WebCrypto.digest(HashAlgorithm.SHA_256, new byte[] {1});
    }
    if (state.storage().keyValues().get("poison") != null) {
      state.storage().delete("poison");
      throw new IllegalStateException("poisoned start");
    }
    order.append("end ");
  }

  WorkersResponse answer(String action, WorkersUrl url) {
    return switch (action) {
      case "who" ->
          new Answer().put("id", state.id().toString()).put("name", state.id().name()).ok();
      case "order" -> {
        order.append("request ");
        yield new Answer().put("order", order.toString()).put("start", start).ok();
      }
      case "block" -> block(String.valueOf(url.query("name")));
      case "blockFails" -> {
        state
            .blockConcurrencyWhile(
                () -> {
                  throw new IllegalStateException("blocked work broke");
                })
            .await();
        yield WorkersResponse.text(200, "not reached");
      }
      case "poison" -> {
        state.storage().put("poison", true);
        yield WorkersResponse.empty(204);
      }
      case "later" -> {
        state.waitUntil(() -> state.storage().put("touched", true));
        yield WorkersResponse.text(202, "later");
      }
      case "abort" -> {
        state.abort("test says stop");
        yield WorkersResponse.text(200, "not reached");
      }
      default -> WorkersResponse.text(404, action);
    };
  }

  private WorkersResponse block(String name) {
    state
        .blockConcurrencyWhile(
            () -> {
              order.append(name).append("< ");
              for (int i = 0; i < 20; i++) {
                WebCrypto.digest(HashAlgorithm.SHA_256, new byte[] {1});
              }
              order.append(name).append("> ");
            })
        .await();
    return new Answer().put("order", order.toString()).ok();
  }
}
