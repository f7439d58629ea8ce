package lunora.testkit;

import lunora.host.remote.ShardNamespace;
import lunora.host.remote.WorkerHost;

/** What a Worker may use, with bindings and variables that a test sets. */
public final class FakeWorkerHost extends FakeBindings implements WorkerHost {

  private final RecordingLogSink log = new RecordingLogSink();
  private final FakeClock clock = new FakeClock();
  private final FakeFetcher fetcher;

  /** A host over these shards, without variables and other bindings. */
  public FakeWorkerHost(ShardNamespace shards) {
    this(new FakeFetcher());
    bind(shards);
  }

  /** A host without any binding yet, on an internet shared with others. */
  public FakeWorkerHost(FakeFetcher fetcher) {
    this.fetcher = fetcher;
  }

  @Override
  public FakeWorkerHost set(String name, String value) {
    super.set(name, value);
    return this;
  }

  @Override
  public FakeFetcher fetcher() {
    return fetcher;
  }

  /** Its own, apart from those of the shards. */
  @Override
  public FakeClock clock() {
    return clock;
  }

  @Override
  public RecordingLogSink log() {
    return log;
  }
}
