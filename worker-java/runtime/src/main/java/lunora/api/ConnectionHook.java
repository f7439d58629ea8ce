package lunora.api;

/**
 * Runs when a client has connected or is gone: one mutation, under the client's identity. What it
 * throws is logged and ends only itself. Never suspends.
 */
@FunctionalInterface
public interface ConnectionHook {

  void handle(MutationContext ctx, ConnectionEvent event);
}
