package lunora.bindings;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.workers.AnalyticsDataset;
import lunora.bridge.workers.Env;
import lunora.bridge.workers.RateLimiter;
import lunora.bridge.workers.VersionMetadata;
import lunora.bridge.workers.WorkersResponse;
import lunora.bridge.workers.WorkersUrl;

/** Products of one method: rate limit, Analytics Engine, Secrets Store, version metadata. */
final class SmallRoutes {

  private SmallRoutes() {}

  static WorkersResponse answer(String action, WorkersUrl url, Env env) {
    return switch (action) {
      case "limit" -> limit(env.rateLimiter("LIMITER"), String.valueOf(url.query("key")));
      case "analytics" -> analytics(env.analytics("EVENTS"));
      case "secret" ->
          new Answer().put("absent", Refusal.ofWork(() -> env.storedSecret("STORED").get())).ok();
      case "version" -> version(env.version("VERSION"));
      case "missing" -> missing(env);
      default -> WorkersResponse.text(404, action);
    };
  }

  private static WorkersResponse limit(RateLimiter limiter, String key) {
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boolean allowed = limiter.allows(key);
      outcomes.add(String.valueOf(allowed));
    }
    return new Answer().put("outcomes", outcomes).ok();
  }

  private static WorkersResponse analytics(AnalyticsDataset events) {
    return new Answer()
        .put(
            "written", Refusal.of(() -> events.write("user", List.of("a", "é"), List.of(1.5, 2.0))))
        .ok();
  }

  private static WorkersResponse version(VersionMetadata version) {
    return new Answer()
        .put("id", version.id())
        .put("tag", version.tag())
        .put("timestamp", version.timestamp())
        .ok();
  }

  /** Each is asked for under a name that has a variable. */
  private static WorkersResponse missing(Env env) {
    return new Answer()
        .put("d1", Refusal.of(() -> env.d1("GREETING")))
        .put("r2", Refusal.of(() -> env.r2("GREETING")))
        .put("queue", Refusal.of(() -> env.queue("DB")))
        .put("kv", Refusal.of(() -> env.kv("BUCKET")))
        .put("service", Refusal.of(() -> env.service("GREETING")))
        .put("assets", Refusal.of(() -> env.assets("NONE")))
        .put("limit", Refusal.of(() -> env.rateLimiter("NONE")))
        .put("analytics", Refusal.of(() -> env.analytics("NONE")))
        .put("secret", Refusal.of(() -> env.storedSecret("NONE")))
        .put("version", Refusal.of(() -> env.version("NONE")))
        .put("workflow", Refusal.of(() -> env.workflow("NONE")))
        .put("vectors", Refusal.of(() -> env.vectors("NONE")))
        .put("ai", Refusal.of(() -> env.ai("NONE")))
        .put("email", Refusal.of(() -> env.emailSender("NONE")))
        .ok();
  }
}
