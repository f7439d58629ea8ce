package lunora.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import lunora.TestApp;
import lunora.api.AppModule;
import lunora.boot.Worker;
import lunora.host.inbound.CronEvent;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.remote.Blob;
import lunora.host.remote.BlobBucket;
import lunora.registry.RegistryClient;
import lunora.testkit.FakeBlobBucket;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Json;
import lunora.wire.Value;

/** A deployment of the test's chat: shards, their registry, a Worker with a nightly backup. */
final class BackupWorld implements AutoCloseable {

  static final String CRON = "0 3 * * *";
  static final String TOKEN = "an admin token of more than 32 characters";

  final FakeClock clock = new FakeClock();
  final FakeBlobBucket bucket = new FakeBlobBucket(clock);
  final FakeWorkerHost host = new FakeWorkerHost(new FakeFetcher());
  final Worker worker;
  final LoopbackShardNamespace shards;
  private final LoopbackShardNamespace registries;
  private final WorkerHandler edge;

  BackupWorld() {
    this(BackupSettings.into("BACKUPS").at(CRON).retain(2), bucket -> bucket);
  }

  BackupWorld(BackupSettings settings, Function<BlobBucket, BlobBucket> around) {
    this(TestApp.module(), settings, around);
  }

  /** Of another app. */
  BackupWorld(AppModule app, BackupSettings settings, Function<BlobBucket, BlobBucket> around) {
    worker = Worker.of(app).allowUnauthenticatedShardAccess().backup(settings);
    shards = new LoopbackShardNamespace(key -> new FakeShard(shardHost(key), worker::shard));
    registries =
        new LoopbackShardNamespace(key -> new FakeShard(shardHost(key), worker::shardRegistry));
    host.bind(shards);
    host.bind(RegistryClient.BINDING, registries);
    host.bind("BACKUPS", around.apply(bucket));
    host.set("LUNORA_ADMIN_TOKEN", TOKEN);
    edge = worker.edge();
  }

  private FakeShardHost shardHost(String key) {
    return FakeShardHost.inMemory(key, clock, new FakeFetcher(), host);
  }

  /** A mutation in a shard; gives its result. */
  String run(String shardKey, String path, String args) {
    String body =
        "{\"functionPath\":\""
            + path
            + "\",\"args\":"
            + args
            + ",\"shardKey\":\""
            + shardKey
            + "\"}";
    HttpResponse answer = edge.fetch(FakeHttpRequest.post("https://x/_lunora/rpc", body), host);
    if (!(answer instanceof HttpResponse.Json json) || json.status() != 200) {
      throw new AssertionError(path + ": " + answer);
    }
    return json.body().toString();
  }

  String send(String shardKey, String body) {
    String answer =
        run(
            shardKey,
            "messages:send",
            "{\"channel\":\"c\",\"author\":\"a\",\"body\":\"" + body + "\"}");
    return answer.substring("{\"result\":\"".length(), answer.length() - 2);
  }

  /** The nightly run of the day with this number. */
  void fire(int day) {
    edge.scheduled(new CronEvent(CRON, 1_780_315_200_000L + day * 86_400_000L), host);
  }

  /** An operator's request. */
  HttpResponse admin(String method, String path, String body) {
    FakeHttpRequest request =
        FakeHttpRequest.of(method, "https://x/_lunora/admin/" + path)
            .header("authorization", "Bearer " + TOKEN);
    return edge.fetch(body.isEmpty() ? request : request.body(body), host);
  }

  /** The same, which has to succeed; gives the answer's text. */
  String ask(String method, String path, String body) {
    HttpResponse answer = admin(method, path, body);
    if (answer.status() != 200) {
      throw new AssertionError(method + " " + path + ": " + answer + host.log().lines());
    }
    return answer instanceof HttpResponse.Json json
        ? json.body().toString()
        : ((HttpResponse.Plain) answer).body();
  }

  static Map<String, Value> read(String json) {
    return ((Value.Obj) Json.read(json)).fields();
  }

  /** The text of an object. */
  String text(String key) {
    Blob blob = bucket.get(key);
    if (blob == null) {
      throw new AssertionError("no object " + key + " in " + bucket.keys());
    }
    return new String(blob.readAll(), StandardCharsets.UTF_8);
  }

  /** The only snapshot's key. */
  String onlySnapshot() {
    List<String> keys = new ArrayList<>(bucket.keys());
    keys.removeIf(key -> !key.endsWith(".ndjson"));
    if (keys.size() != 1) {
      throw new AssertionError(bucket.keys());
    }
    return keys.get(0);
  }

  /** All documents of a shard by table and id, as they are stored. */
  Map<String, String> rows(String shardKey) {
    Map<String, String> rows = new TreeMap<>();
    for (String table : List.of("messages", "counters")) {
      var found =
          shards
              .shard(shardKey)
              .host()
              .sql()
              .query("SELECT \"_id\", \"_doc\" FROM \"" + table + "\"");
      for (int i = 0; i < found.size(); i++) {
        rows.put(table + "/" + found.text(i, 0), found.text(i, 1));
      }
    }
    return rows;
  }

  /** The lines of a snapshot for one shard, told by the manifest's counts. */
  Map<String, List<String>> lines(String snapshot) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    String[] all = text(snapshot).split("\n");
    int from = 0;
    for (Value part : parts(snapshot)) {
      Map<String, Value> fields = ((Value.Obj) part).fields();
      int rows = (int) BulkClient.number(fields, "rows");
      lines.put(BulkClient.text(fields, "shardKey"), List.of(all).subList(from, from + rows));
      from += rows;
    }
    return lines;
  }

  /** What a manifest says of its shards. */
  List<Value> parts(String snapshot) {
    Value parts = read(text(snapshot + ".manifest.json")).get("shards");
    return parts instanceof Value.Arr list ? list.items() : List.of();
  }

  @Override
  public void close() {
    shards.close();
    registries.close();
  }
}
