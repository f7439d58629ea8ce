package lunora.stream;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.subscription.StreamRequest;
import org.jspecify.annotations.Nullable;

/** The durable streams of a shard: which run a client gets, from where on (protocol section 10). */
final class DurableStreams {

  private static final long SWEEP_EVERY_MS = 3_600_000;

  private final ShardHost host;
  private final StreamTools tools;
  private final RunStore store;

  /** Runs that go on, and runs that are over but still followed. */
  private final Map<RunKey, Run> open = new HashMap<>();

  private double sweptAtMs = Double.NEGATIVE_INFINITY;

  DurableStreams(ShardHost host, StreamTools tools) {
    this.host = host;
    this.tools = tools;
    Throwable lost = Failures.interrupted("the server stopped before the stream was over");
    this.store = new RunStore(host, Ending.error(tools.failures().tail("", lost)));
  }

  /**
   * The run that a client which asks so may follow; null when one has to begin.
   *
   * @throws lunora.error.LunoraException {@code STREAM_INTERRUPTED} when it cannot read on
   */
  @Nullable Run find(RunKey key, StreamRequest request) {
    sweepSometimes();
    Run known = open.get(key);
    Run run = known == null ? store.find(key) : known;
    if (!request.isResuming()) {
      return run != null && run.ending() == null ? run : null;
    }
    if (run == null) {
      throw Failures.interrupted("this stream is not stored any more");
    }
    boolean same =
        request.generation() == StreamRequest.ANY || request.generation() == run.generation();
    if (!same || request.sinceChunk() > run.last()) {
      throw Failures.interrupted("the stream was started anew meanwhile");
    }
    return run;
  }

  /** Begins a run; an earlier one of the same key, which is over, is thrown away. */
  Run begin(RunKey key) {
    Run earlier = open.remove(key);
    Run run = store.begin(key, earlier == null ? store.find(key) : earlier);
    if (earlier != null) {
      earlier.discard();
    }
    open.put(key, run);
    return run;
  }

  /** Starts what fills the run. */
  void start(StreamCall<?> call, Run run) {
    tools.background().start(new DurableStream<>(call, run, store, tools, this::ended));
  }

  /** Lets a client follow from after the last chunk it has. */
  void follow(Run run, long last, Reading reading) {
    Follower follower = new Follower(run, last, store, reading, tools);
    run.follow(follower);
    open.put(run.key(), run);
    follower.begin();
  }

  private void ended(Run run, Ending ending) {
    store.end(run, ending);
    run.ended(ending);
    release(run.key());
  }

  /** A client follows no longer. */
  void release(RunKey key) {
    Run run = open.get(key);
    if (run != null && run.ending() != null && !run.isFollowed()) {
      open.remove(key);
    }
  }

  private void sweepSometimes() {
    long now = host.clock().nowMs();
    if (now - sweptAtMs >= SWEEP_EVERY_MS) {
      sweptAtMs = now;
      host.deferred().afterResponse(this::sweep);
    }
  }

  private void sweep() {
    Set<Double> inUse = new HashSet<>();
    for (Run run : open.values()) {
      inUse.add((double) run.number());
    }
    SqlRows expired = store.expired();
    for (int i = 0; i < expired.size(); i++) {
      if (!inUse.contains(expired.number(i, 0))) {
        store.delete((long) expired.number(i, 0));
      }
    }
  }
}
