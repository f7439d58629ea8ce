package lunora.subscription;

import lunora.api.FunctionDescriptor;
import lunora.auth.Caller;
import lunora.host.local.Socket;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** A query over global tables that is to be run: for one who waits, or for all who watch it. */
public final class GlobalJob {

  private final FunctionDescriptor.OfGlobalQuery<?> query;
  private final Value.Obj args;
  private final Caller caller;
  private final @Nullable LiveQuery live;
  private final @Nullable Waiting waiting;

  /** A subscription that has no result yet. */
  record Waiting(Socket socket, Connection connection, String id) {}

  private GlobalJob(
      FunctionDescriptor.OfGlobalQuery<?> query,
      Value.Obj args,
      Caller caller,
      @Nullable LiveQuery live,
      @Nullable Waiting waiting) {
    this.query = query;
    this.args = args;
    this.caller = caller;
    this.live = live;
    this.waiting = waiting;
  }

  /** The next run of a watched query; null for one of the shard's own tables. */
  static @Nullable GlobalJob of(LiveQuery live) {
    return live.query() instanceof FunctionDescriptor.OfGlobalQuery<?> query
        ? new GlobalJob(query, live.args(), live.caller(), live, null)
        : null;
  }

  static GlobalJob of(FunctionDescriptor.OfGlobalQuery<?> query, Value.Obj args, Waiting waiting) {
    return new GlobalJob(query, args, waiting.connection().caller(), null, waiting);
  }

  public FunctionDescriptor.OfGlobalQuery<?> query() {
    return query;
  }

  public Value.Obj args() {
    return args;
  }

  public Caller caller() {
    return caller;
  }

  @Nullable LiveQuery live() {
    return live;
  }

  @Nullable Waiting waiting() {
    return waiting;
  }
}
