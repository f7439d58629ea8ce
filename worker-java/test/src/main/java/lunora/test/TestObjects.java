package lunora.test;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import lunora.boot.Worker;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;

/** The objects of a backend, one namespace for each class, bound to its Worker. */
final class TestObjects {

  private final LoopbackShardNamespace shards;
  private final LoopbackShardNamespace schedulers;
  private final LoopbackShardNamespace registries;

  TestObjects(Worker worker, FakeClock clock, FakeFetcher fetcher, FakeWorkerHost workerHost) {
    Function<String, FakeShardHost> hosts =
        key -> FakeShardHost.inMemory(key, clock, fetcher, workerHost);
    this.shards = namespace(hosts, worker::shard);
    this.schedulers = namespace(hosts, worker::scheduler);
    this.registries = namespace(hosts, worker::shardRegistry);
    workerHost.bind(shards);
    workerHost.bind("SCHEDULER", schedulers);
    workerHost.bind("SHARD_REGISTRY", registries);
  }

  private static LoopbackShardNamespace namespace(
      Function<String, FakeShardHost> hosts, FakeShard.Engine engine) {
    return new LoopbackShardNamespace(key -> new FakeShard(hosts.apply(key), engine));
  }

  LoopbackShardNamespace shards() {
    return shards;
  }

  LoopbackShardNamespace schedulers() {
    return schedulers;
  }

  /** The registry of shards and the boards of global tables. */
  LoopbackShardNamespace registries() {
    return registries;
  }

  List<LoopbackShardNamespace> all() {
    return List.of(shards, schedulers, registries);
  }

  /** Does it to every object that there is. */
  void each(Consumer<FakeShard> action) {
    all().forEach(namespace -> namespace.shards().forEach(action));
  }
}
