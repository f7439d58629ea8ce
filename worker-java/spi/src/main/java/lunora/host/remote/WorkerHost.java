package lunora.host.remote;

import lunora.host.local.LogSink;
import org.jspecify.annotations.Nullable;

/** What the Worker may use, bound to the request at hand. */
public interface WorkerHost {

  /** The shards, from the {@code SHARD} binding. */
  ShardNamespace shards();

  /** A variable or secret of the deployment, or null. */
  @Nullable String variable(String name);

  LogSink log();
}
