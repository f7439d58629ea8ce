package lunora.api;

/**
 * Decides whether a client may join a topic and whisper in it: one query, under the client's
 * identity. Asked once for each socket and topic while the shard is awake; a throw means no. Never
 * suspends.
 */
@FunctionalInterface
public interface WhisperRule {

  boolean allows(QueryContext ctx, WhisperEvent event);
}
