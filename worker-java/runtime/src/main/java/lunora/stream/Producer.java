package lunora.stream;

import java.time.Instant;
import java.util.Optional;
import lunora.api.ActionContext;
import lunora.api.ActionScheduler;
import lunora.api.ActionStorage;
import lunora.api.FunctionCall;
import lunora.api.FunctionLog;
import lunora.api.HttpClient;
import lunora.api.Identity;
import lunora.api.JobRun;
import lunora.api.StreamCancelledException;
import lunora.api.StreamContext;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.remote.Timer;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** The context of one stream. */
final class Producer<T extends @Nullable Object> implements StreamContext<T> {

  /**
   * The longest chunk, in UTF-16 units of JSON: three bytes each at most, and with them within a
   * row ({@link lunora.schema.Limits#ROW_BYTES_MAX}).
   */
  static final int CHUNK_UNITS_MAX = 524_288;

  private final StreamCall<T> call;
  private final ActionContext action;
  private final StreamFrames frames;
  private final Timer timer;
  private final Output output;
  private final Pace pace;

  Producer(StreamCall<T> call, StreamFrames frames, Timer timer, Output output) {
    this.call = call;
    this.action = call.action();
    this.frames = frames;
    this.timer = timer;
    this.output = output;
    this.pace = new Pace(timer);
  }

  @Override
  public void emit(T value) {
    checkWanted();
    JsonSink sink = frames.sink();
    call.stream().signature().result().write(value, sink);
    JsonText data = sink.finish();
    if (data.length() > CHUNK_UNITS_MAX) {
      throw new LunoraException(
          ErrorCode.PAYLOAD_TOO_LARGE, "a chunk has at most " + CHUNK_UNITS_MAX + " UTF-16 units");
    }
    output.chunk(data);
    pace.sent(data.length());
  }

  @Override
  public void sleep(long ms) {
    if (ms < 0) {
      throw new IllegalArgumentException("sleep of " + ms + " ms");
    }
    checkWanted();
    timer.sleep(ms);
    pace.rested();
    checkWanted();
  }

  private void checkWanted() {
    if (output.isCancelled()) {
      throw new StreamCancelledException();
    }
  }

  @Override
  public boolean isCancelled() {
    return output.isCancelled();
  }

  @Override
  public <R> R run(FunctionCall<R> inner) {
    return action.run(inner);
  }

  @Override
  public ActionStorage storage() {
    return action.storage();
  }

  @Override
  public ActionScheduler scheduler() {
    return action.scheduler();
  }

  @Override
  public Optional<JobRun> job() {
    return action.job();
  }

  @Override
  public HttpClient http() {
    return action.http();
  }

  @Override
  public String ownUrl(String path) {
    return action.ownUrl(path);
  }

  @Override
  public Optional<Identity> auth() {
    return action.auth();
  }

  @Override
  public Instant now() {
    return action.now();
  }

  @Override
  public double random() {
    return action.random();
  }

  @Override
  public FunctionLog log() {
    return action.log();
  }
}
