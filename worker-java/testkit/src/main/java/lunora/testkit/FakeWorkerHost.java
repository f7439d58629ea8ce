package lunora.testkit;

import java.util.Map;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.TextSource;
import lunora.host.remote.WorkerHost;
import lunora.wire.JsonText;

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

  /** Reads the whole body at once; what the source throws the caller gets. */
  @Override
  public HttpResponse streamed(int status, Map<String, String> headers, TextSource body) {
    StringBuilder text = new StringBuilder();
    for (JsonText piece = body.next(); piece != null; piece = body.next()) {
      text.append(piece);
    }
    return new HttpResponse.Plain(status, headers, text.toString());
  }

  @Override
  public RecordingLogSink log() {
    return log;
  }
}
