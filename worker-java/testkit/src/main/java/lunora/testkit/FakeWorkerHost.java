package lunora.testkit;

import java.util.HashMap;
import java.util.Map;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/** What a Worker may use, with variables that a test sets. */
public final class FakeWorkerHost implements WorkerHost {

  private final ShardNamespace shards;
  private final Map<String, String> variables = new HashMap<>();
  private final RecordingLogSink log = new RecordingLogSink();

  /** A host over these shards, without variables. */
  public FakeWorkerHost(ShardNamespace shards) {
    this.shards = shards;
  }

  /** Sets a variable or secret. */
  public FakeWorkerHost set(String name, String value) {
    variables.put(name, value);
    return this;
  }

  @Override
  public ShardNamespace shards() {
    return shards;
  }

  @Override
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public RecordingLogSink log() {
    return log;
  }
}
