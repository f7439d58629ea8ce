package lunora.storage;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lunora.api.AppModule;
import lunora.api.FileUpload;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.host.inbound.HttpResponse;
import lunora.host.remote.BlobBucket;
import lunora.host.remote.BlobOptions;
import lunora.host.remote.ShardNamespace;
import lunora.outbox.Effect;
import lunora.registry.RegistryActor;
import lunora.registry.RegistryClient;
import lunora.schema.Codecs;
import lunora.shard.ShardActor;
import lunora.testkit.FakeBlobBucket;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.JsonWriter;

/** A bucket, a registry and an app that names some files, between which things may happen. */
final class SweepWorld implements AutoCloseable {

  static final long HOUR_MS = 3_600_000;
  static final long DAY_MS = 24 * HOUR_MS;
  static final SweepSettings SETTINGS = SweepSettings.at("0 5 * * *").namedBy("files:named");

  private static final String ORIGIN = "https://app.test";
  private static final Param<List<String>> KEYS = Param.of("keys", Codecs.list(Codecs.STRING));

  /** What happens between two calls of the code at hand. */
  interface Event {
    void happen();
  }

  final FakeWorkerHost host = new FakeWorkerHost(new FakeFetcher());
  final FakeClock clock = host.clock();
  final FakeBlobBucket bucket = new FakeBlobBucket(clock);
  final Set<String> referenced = new HashSet<>();
  private final LoopbackShardNamespace registries;
  private final LoopbackShardNamespace shards;

  /** After so many calls the event happens, once; never where it is negative. */
  int callsUntil = -1;

  /** How many calls there were. */
  int calls;

  /** Whether it happens when that call is done and not before it. */
  boolean afterCall;

  Event event = () -> {};

  SweepWorld() {
    AppModule app =
        AppModule.create()
            .query(
                FunctionDescriptor.internal("files:named")
                    .param(KEYS)
                    .returns(Codecs.list(Codecs.STRING))
                    .query(
                        (ctx, args) ->
                            args.get(KEYS).stream().filter(referenced::contains).toList()))
            .build();
    registries = new LoopbackShardNamespace(key -> new FakeShard(host(key), RegistryActor::new));
    shards =
        new LoopbackShardNamespace(
            key -> new FakeShard(host(key), (woken, later) -> new ShardActor(woken, later, app)));
    host.set("LUNORA_STORAGE_SECRET", "a storage secret that nobody guesses, ever");
    host.bind("FILES", disturbed(BlobBucket.class, bucket));
    host.bind(RegistryClient.BINDING, disturbed(ShardNamespace.class, registries));
    host.bind(disturbed(ShardNamespace.class, shards));
    files();
    // URLs of the time before uploads were written down are good for a week.
    clock.advance(8 * DAY_MS);
  }

  private FakeShardHost host(String key) {
    return FakeShardHost.inMemory(key, clock, new FakeFetcher(), host);
  }

  private <T> T disturbed(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              if (!afterCall) {
                passed();
              }
              Object result;
              try {
                result = method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (afterCall) {
                passed();
              }
              return result;
            }));
  }

  private void passed() {
    calls++;
    if (callsUntil >= 0 && callsUntil-- == 0) {
      event.happen();
    }
  }

  RemoteStorage storage() {
    return new RemoteStorage(host, ORIGIN, clock, Optional.empty(), Map.of());
  }

  String announce(String key, long ttlSeconds) {
    return storage().uploadUrl(new FileUpload(key, "text/plain", 5, ttlSeconds));
  }

  boolean upload(String url) {
    FakeHttpRequest put = FakeHttpRequest.of("PUT", url).header("content-type", "text/plain");
    HttpResponse answer =
        StorageRoute.answer(put.header("content-length", "5").body("hello"), host);
    return answer.status() == 200;
  }

  /** As if it came straight to R2. */
  void put(String key) {
    bucket.put(key, new byte[] {1}, BlobOptions.NONE);
  }

  void remove(String key) {
    Effect effect = new Effect("1", new JsonWriter().string(key).finish());
    new StorageDeletes().deliver(List.of(effect), host);
  }

  String sweep(SweepSettings settings) {
    return new StorageSweep(settings, "__root__")
        .run(clock.nowMs(), settings.dryRun(), host)
        .toString();
  }

  String sweep() {
    return sweep(SETTINGS);
  }

  /** The rows of the registry: {@code key state}. */
  List<String> files() {
    FakeHttpRequest list = FakeHttpRequest.post("https://registry/files/list", "{\"limit\":1000}");
    HttpResponse answer = registries.shard(RegistryClient.INSTANCE).fetch(list);
    List<String> files = new ArrayList<>();
    for (String row : ((HttpResponse.Json) answer).body().toString().split("\\{\"key\":\"")) {
      int end = row.indexOf("\",\"state\":\"");
      if (end >= 0) {
        String state = row.substring(end + "\",\"state\":\"".length());
        files.add(row.substring(0, end) + " " + state.substring(0, state.indexOf('"')));
      }
    }
    return files;
  }

  @Override
  public void close() {
    registries.close();
    shards.close();
  }
}
