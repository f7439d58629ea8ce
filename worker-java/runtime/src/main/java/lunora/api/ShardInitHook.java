package lunora.api;

/**
 * Runs whenever a shard starts or wakes, before anything else: one mutation of the system's. What
 * it throws is logged and keeps nobody waiting. Never suspends.
 */
@FunctionalInterface
public interface ShardInitHook {

  void handle(MutationContext ctx, ShardInitEvent event);
}
