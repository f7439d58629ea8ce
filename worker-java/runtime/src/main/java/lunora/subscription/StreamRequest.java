package lunora.subscription;

import lunora.wire.Value;

/**
 * What a client asks of a stream (protocol section 10).
 *
 * @param id its name for the stream, unique on its socket
 * @param args JSON, not yet decoded
 * @param sinceChunk the number of the last chunk it has; 0 to begin anew
 * @param generation the run that chunk was of; {@link #ANY} when it did not say
 */
public record StreamRequest(
    String id, String functionPath, Value.Obj args, long sinceChunk, long generation) {

  /** No generation: generations are positive. */
  public static final long ANY = 0;

  /** Whether the client has chunks of an earlier run already. */
  public boolean isResuming() {
    return sinceChunk > 0;
  }
}
