package lunora.bindings;

import lunora.bridge.workers.PointInTime;
import lunora.bridge.workers.WorkersResponse;

/** Point-in-time recovery, which local workerd has not. */
final class PointInTimeRoutes {

  private final PointInTime time;

  PointInTimeRoutes(PointInTime time) {
    this.time = time;
  }

  WorkersResponse answer(String action) {
    return switch (action) {
      case "current" -> new Answer().put("bookmark", time.currentBookmark()).ok();
      case "refused" -> refused();
      default -> WorkersResponse.text(404, action);
    };
  }

  private WorkersResponse refused() {
    String current = time.currentBookmark();
    return new Answer()
        .put("at", Refusal.ofWork(() -> time.bookmarkAt(System.currentTimeMillis() - 60_000)))
        .put("restore", Refusal.ofWork(() -> time.restoreOnNextSession(current)))
        .ok();
  }
}
