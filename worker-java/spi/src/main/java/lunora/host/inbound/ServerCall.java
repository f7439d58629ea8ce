package lunora.host.inbound;

import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * A call that a server-side loader makes in the Worker itself. Its parts are read while the call is
 * answered, so that what is wrong with them is an answer too.
 */
public interface ServerCall {

  /** Null when the reference names no function. */
  @Nullable String functionPath();

  /**
   * The arguments, decoded.
   *
   * @throws lunora.error.LunoraException {@code BAD_REQUEST} for what the protocol cannot carry
   */
  Value args();

  /** Null for the default shard. */
  @Nullable String shardKey();
}
