package lunora.bindings;

import lunora.bridge.workers.HttpCache;
import lunora.bridge.workers.WorkersRequest;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;

/** The Cache API. */
final class CacheRoutes {

  private CacheRoutes() {}

  static WorkersResponse answer(String action, WorkersUrl url) {
    String key = key(url);
    return switch (action) {
      case "shared" -> roundTrip(key);
      case "named" -> named(key);
      case "refused" -> refused(key);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static String key(WorkersUrl url) {
    return "https://cache.test/" + url.query("key");
  }

  private static WorkersResponse roundTrip(String key) {
    HttpCache cache = HttpCache.shared();
    WorkersRequest get = WorkersRequest.to(key).build();
    WorkersRequest post = WorkersRequest.to(key).method("POST").build();
    boolean before = cache.match(get) != null;
    cache.put(get, cacheable());
    WorkersResponse found = cache.match(get);
    String header = found == null ? null : found.headers().get("x-kept");
    String text = found == null ? null : found.text();
    return new Answer()
        .put("before", before)
        .put("found", text)
        .put("header", header)
        .put("post", Refusal.ofWork(() -> cache.match(post)))
        .put("ignoringMethod", cache.matchIgnoringMethod(post) != null)
        .put("deleted", cache.delete(get))
        .put("deletedAgain", cache.delete(get))
        .put("after", cache.match(get) != null)
        .ok();
  }

  private static WorkersResponse cacheable() {
    return WorkersResponse.text(200, "kept é")
        .with("cache-control", "max-age=60")
        .with("x-kept", "1");
  }

  private static WorkersResponse named(String key) {
    HttpCache cache = HttpCache.open("mine");
    WorkersRequest get = WorkersRequest.to(key).build();
    cache.put(get, cacheable());
    return new Answer()
        .put("mine", cache.match(get) != null)
        .put("other", HttpCache.open("other").match(get) != null)
        .put("shared", HttpCache.shared().match(get) != null)
        .ok();
  }

  private static WorkersResponse refused(String key) {
    HttpCache cache = HttpCache.shared();
    WorkersRequest get = WorkersRequest.to(key).build();
    WorkersRequest post = WorkersRequest.to(key).method("POST").build();
    return new Answer()
        .put("post", Refusal.ofWork(() -> cache.put(post, cacheable())))
        .put("partial", Refusal.ofWork(() -> cache.put(get, WorkersResponse.empty(206))))
        .put("vary", Refusal.ofWork(() -> cache.put(get, cacheable().with("vary", "*"))))
        .ok();
  }
}
