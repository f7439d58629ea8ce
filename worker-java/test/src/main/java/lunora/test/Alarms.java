package lunora.test;

import java.util.List;
import java.util.OptionalLong;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeShard;
import lunora.testkit.LoopbackShardNamespace;
import org.jspecify.annotations.Nullable;

/** Lets time pass for the alarms of all objects, in the order in which they are due. */
final class Alarms {

  private static final int RINGS_MAX = 1_000_000;

  private final FakeClock clock;
  private final List<LoopbackShardNamespace> namespaces;

  Alarms(FakeClock clock, List<LoopbackShardNamespace> namespaces) {
    this.clock = clock;
    this.namespaces = namespaces;
  }

  void advance(long ms) {
    long untilMs = clock.nowMs() + ms;
    FakeShard next = next(untilMs);
    for (int rings = 0; next != null; rings++) {
      if (rings == RINGS_MAX) {
        throw new IllegalStateException("alarms go off without end: " + rings + " did");
      }
      clock.advance(Math.max(0, dueMs(next) - clock.nowMs()));
      next.ring();
      next = next(untilMs);
    }
    clock.advance(Math.max(0, untilMs - clock.nowMs()));
  }

  /** The object whose alarm is due first, if one is due until then. */
  private @Nullable FakeShard next(long untilMs) {
    FakeShard first = null;
    for (LoopbackShardNamespace namespace : namespaces) {
      for (FakeShard shard : namespace.shards()) {
        if (dueMs(shard) <= untilMs && (first == null || dueMs(shard) < dueMs(first))) {
          first = shard;
        }
      }
    }
    return first;
  }

  private static long dueMs(FakeShard shard) {
    OptionalLong due = shard.host().alarm().scheduledMs();
    return due.isPresent() ? due.getAsLong() : Long.MAX_VALUE;
  }
}
