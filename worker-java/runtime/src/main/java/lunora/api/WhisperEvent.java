package lunora.api;

import org.jspecify.annotations.Nullable;

/**
 * A client asks to join a topic or to whisper in it.
 *
 * @param topic the topic
 * @param connectionId the client's socket
 * @param shardKey the shard it is connected to
 * @param userId the user, or null for an anonymous client
 */
public record WhisperEvent(
    String topic, String connectionId, String shardKey, @Nullable String userId) {}
