package lunora.api;

import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * A socket opened or closed.
 *
 * @param connectionId the same for both
 * @param shardKey the shard it is connected to
 * @param context what the client said of itself when it connected, or null
 * @param userId the user, or null for an anonymous client
 */
public record ConnectionEvent(
    String connectionId, String shardKey, Value.@Nullable Obj context, @Nullable String userId) {}
