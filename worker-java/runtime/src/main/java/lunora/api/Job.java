package lunora.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as the scheduler knows it.
 *
 * @param functionPath what it calls
 * @param scheduledFor when it is due, or was for its first try
 * @param attempts how often it was begun
 * @param shardKey null for the default shard
 * @param pool null for none
 */
public record Job(
    String id,
    String functionPath,
    Instant scheduledFor,
    State state,
    int attempts,
    @Nullable String shardKey,
    @Nullable String pool) {

  /** Where a job stands. */
  public enum State {
    /** It waits to be due, or for its next try. */
    PENDING,
    /** It was begun. */
    RUNNING,
    /** It failed too often and is not tried again. */
    DEAD
  }
}
