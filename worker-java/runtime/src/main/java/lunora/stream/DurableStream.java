package lunora.stream;

import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Background;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** A stream that is stored as it goes, and goes on whoever reads it. */
final class DurableStream<T extends @Nullable Object> implements Background.Task, Output {

  /** Chunks of a run, at most. */
  static final int CHUNKS_MAX = 50_000;

  /** The length of a run's chunks, in UTF-16 units of JSON, at most. */
  static final long UNITS_MAX = 64L * 1024 * 1024;

  /** What has to happen when a run is over. Never suspends. */
  @FunctionalInterface
  interface Ended {
    void ended(Run run, Ending ending);
  }

  private final StreamCall<T> call;
  private final Run run;
  private final RunStore store;
  private final StreamTools tools;
  private final Ended ended;
  private boolean tooLong;

  DurableStream(StreamCall<T> call, Run run, RunStore store, StreamTools tools, Ended ended) {
    this.call = call;
    this.run = run;
    this.store = store;
    this.tools = tools;
    this.ended = ended;
  }

  @Override
  public void run() {
    call.run(new Producer<>(call, tools.frames(), tools.background().timer(), this));
    if (tooLong) {
      // The function caught that there was no room, but those who read it lack chunks.
      throw tooLong();
    }
    ended.ended(run, Ending.COMPLETE);
  }

  @Override
  public void failed(Throwable failure) {
    ended.ended(run, Ending.error(tools.failures().tail(call.path(), failure)));
  }

  @Override
  public void chunk(JsonText data) {
    if (run.last() >= CHUNKS_MAX || run.units() + data.length() > UNITS_MAX) {
      tooLong = true;
      throw tooLong();
    }
    store.append(run, data);
    run.tell(tools.frames().chunkTail(data, run.last(), run.generation()));
  }

  private static LunoraException tooLong() {
    return new LunoraException(
        ErrorCode.STREAM_TOO_LONG,
        "a durable stream has at most " + CHUNKS_MAX + " chunks and " + UNITS_MAX + " units");
  }

  @Override
  public boolean isCancelled() {
    return false;
  }
}
