package lunora.scheduler;

import java.util.Map;
import lunora.host.inbound.HttpResponse;
import lunora.host.local.Clock;
import lunora.host.local.LogSink;
import lunora.host.local.ShardHost;
import lunora.host.remote.Background;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.Crypto;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.MessageQueue;
import lunora.host.remote.ShardNamespace;
import lunora.host.remote.TextSource;
import lunora.host.remote.WorkerHost;
import org.jspecify.annotations.Nullable;

/** What a Worker may use, for a task that runs in the scheduler's object instead. */
final class ObjectHost implements WorkerHost {

  private final ShardHost host;
  private final Background background;

  ObjectHost(ShardHost host, Background background) {
    this.host = host;
    this.background = background;
  }

  @Override
  public HttpFetcher fetcher() {
    return background.fetcher();
  }

  @Override
  public Clock clock() {
    return host.clock();
  }

  /** A task of a cron trigger answers nobody. */
  @Override
  public HttpResponse streamed(int status, Map<String, String> headers, TextSource body) {
    throw new IllegalStateException("nobody is there to be answered");
  }

  @Override
  public LogSink log() {
    return host.log();
  }

  @Override
  public ShardNamespace shards() {
    return background.bindings().shards();
  }

  @Override
  public ShardNamespace objects(String name) {
    return background.bindings().objects(name);
  }

  @Override
  public @Nullable String variable(String name) {
    return background.bindings().variable(name);
  }

  @Override
  public GlobalDatabase database(String name) {
    return background.bindings().database(name);
  }

  @Override
  public BlobBucket bucket(String name) {
    return background.bindings().bucket(name);
  }

  @Override
  public MessageQueue queue(String name) {
    return background.bindings().queue(name);
  }

  @Override
  public Crypto crypto() {
    return background.bindings().crypto();
  }
}
