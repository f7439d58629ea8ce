package lunora.migration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lunora.api.AppBuilder;
import lunora.api.AppModule;
import lunora.api.DataMigration;
import lunora.api.FunctionDescriptor;
import lunora.api.Param;
import lunora.boot.Worker;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.ShardHandler;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.host.remote.Background;
import lunora.registry.RegistryClient;
import lunora.schema.Change;
import lunora.schema.Codecs;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Table;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeFetcher;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Json;
import lunora.wire.Value;

/** A deployment whose app can be changed, and whose shards can crash at any statement. */
final class MigrationWorld implements AutoCloseable {

  static final String ID = "2026-11-times";
  static final String ONE_WAY = "one-way";

  private static final String TOKEN = "an admin token that nobody guesses, ever";

  /** A row of the newer app; the older one knows its name only. */
  record Thing(String name, Optional<Integer> times) {}

  private static final Field<Thing, String> NAME = Field.of("name", Codecs.STRING, Thing::name);
  private static final Field<Thing, Optional<Integer>> TIMES =
      Field.of("times", Codecs.optional(Codecs.INT), Thing::times);

  private static final Param<String> NAME_PARAM = Param.of("name", Codecs.STRING);

  private static final Table<Thing> OLD =
      Table.<Thing>named("things")
          .field(NAME)
          .construct(row -> new Thing(row.get(NAME), Optional.empty()));
  static final Table<Thing> NEW =
      Table.<Thing>named("things")
          .field(NAME)
          .field(TIMES)
          .index(Index.on("by_times", TIMES))
          .construct(row -> new Thing(row.get(NAME), row.get(TIMES)));

  static final AppModule BEFORE = app(OLD).build();

  final FakeClock clock = new FakeClock();
  final FakeWorkerHost host = new FakeWorkerHost(new FakeFetcher());
  final Map<String, CrashingSql> databases = new LinkedHashMap<>();
  private Worker worker = Worker.of(BEFORE);
  final LoopbackShardNamespace shards =
      new LoopbackShardNamespace(
          key -> new FakeShard(fakes(key), (woken, background) -> wake(key, woken, background)));
  final LoopbackShardNamespace registries =
      new LoopbackShardNamespace(
          key -> new FakeShard(fakes(key), (woken, background) -> registry(woken, background)));

  MigrationWorld() {
    host.bind(shards);
    host.bind(RegistryClient.BINDING, registries);
    host.set("LUNORA_ADMIN_TOKEN", TOKEN);
  }

  private static AppBuilder app(Table<Thing> table) {
    return AppModule.create()
        .table(table)
        .mutation(
            FunctionDescriptor.named("things:add")
                .param(NAME_PARAM)
                .returns(Codecs.<Thing>id())
                .mutation(
                    (ctx, args) ->
                        ctx.table(table)
                            .insert(new Thing(args.get(NAME_PARAM), Optional.empty()))));
  }

  /** The newer app. It counts for each row how often it was migrated; a bad one is refused. */
  static AppModule after(int batchRows) {
    return app(NEW)
        .migration(
            DataMigration.of(ID, NEW)
                .batch(batchRows)
                .rollback((ctx, row) -> ctx.table(NEW).patch(row.id(), add(row, -1)))
                .up((ctx, row) -> ctx.table(NEW).patch(row.id(), add(row, 1))))
        .migration(DataMigration.of(ONE_WAY, NEW).up((ctx, row) -> {}))
        .build();
  }

  private static Change<Thing> add(Doc<Thing> row, int by) {
    if (row.value().name().equals("bad")) {
      throw new IllegalArgumentException("this one cannot be");
    }
    return TIMES.set(Optional.of(row.value().times().orElse(0) + by));
  }

  private FakeShardHost fakes(String key) {
    return FakeShardHost.inMemory(key, clock, new FakeFetcher(), host);
  }

  private ShardHandler wake(String key, ShardHost woken, Background background) {
    CrashingSql sql = databases.computeIfAbsent(key, k -> new CrashingSql(woken.sql()));
    ShardHost crashing =
        new ShardHost(
            woken.shardKey(),
            sql,
            woken.texts(),
            woken.sockets(),
            woken.clock(),
            woken.random(),
            woken.deferred(),
            woken.alarm(),
            woken.log());
    return worker.shard(crashing, background);
  }

  private ShardHandler registry(ShardHost woken, Background background) {
    return worker.shardRegistry(woken, background);
  }

  /** Deploys an app: every object starts anew. */
  void deploy(AppModule app) {
    worker = Worker.of(app).allowUnauthenticatedShardAccess();
    restart();
  }

  /** Crashes every object. */
  void restart() {
    shards.shards().forEach(FakeShard::restart);
    registries.shards().forEach(FakeShard::restart);
    databases.values().forEach(CrashingSql::revive);
  }

  /** Adds a row in a shard. */
  void add(String shardKey, String name) {
    String body =
        "{\"functionPath\":\"things:add\",\"args\":{\"name\":\"" + name + "\"},\"shardKey\":\"";
    Value.Obj answer = fetch("rpc", body + shardKey + "\"}");
    if (!answer.fields().containsKey("result")) {
      throw new AssertionError(answer.toString());
    }
  }

  /** Posts to the Worker as an operator. */
  Value.Obj fetch(String path, String body) {
    FakeHttpRequest request = FakeHttpRequest.post("https://app.test/_lunora/" + path, body);
    request.header("authorization", "Bearer " + TOKEN);
    HttpResponse answer = worker.edge().fetch(request, host);
    if (answer instanceof FakeForeign passedOn) {
      answer = passedOn.inner();
    }
    return (Value.Obj) Json.read(((HttpResponse.Json) answer).body().toString());
  }

  /** Lets time pass for all alarms; whoever died starts anew. */
  void pass(long ms) {
    long end = clock.nowMs() + ms;
    while (clock.nowMs() < end) {
      clock.advance(Math.min(10, end - clock.nowMs()));
      ring();
    }
  }

  private void ring() {
    registries.shards().forEach(FakeShard::ring);
    for (FakeShard shard : shards.shards()) {
      CrashingSql sql = databases.get(shard.host().shardKey());
      try {
        shard.ring();
      } catch (RuntimeException e) {
        if (sql == null || !sql.isDead()) {
          throw e;
        }
      }
      if (sql != null && sql.isDead()) {
        shard.restart();
        sql.revive();
      }
    }
  }

  /** What the column of an index holds in a shard, in the order of insertion; null for nothing. */
  String times(String shardKey) {
    SqlRows rows =
        shards
            .shard(shardKey)
            .host()
            .sql()
            .query("SELECT ifnull(json_extract(_doc, '$.times'), -9), times FROM things");
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      double stored = rows.number(row, 0);
      if (stored != -9 && stored != rows.number(row, 1)) {
        throw new AssertionError("column and document differ");
      }
      text.append(stored == -9 ? "-" : String.valueOf((int) stored));
    }
    return text.toString();
  }

  /** What the status route says of a migration: {@code done root=done/3 a=done/2}. */
  String status(String id) {
    Value.Obj answer = fetch("migrate/status", "{\"id\":\"" + id + "\"}");
    Value.Obj migration =
        (Value.Obj)
            ((Value.Arr) Objects.requireNonNull(answer.fields().get("migrations"))).items().get(0);
    StringBuilder text = new StringBuilder(text(migration, "status"));
    for (Value each :
        ((Value.Arr) Objects.requireNonNull(migration.fields().get("shards"))).items()) {
      Value.Obj shard = (Value.Obj) each;
      text.append(' ').append(text(shard, "shardKey")).append('=').append(text(shard, "status"));
      text.append('/')
          .append(
              (int) ((Value.Num) Objects.requireNonNull(shard.fields().get("processed"))).value());
    }
    return text.toString();
  }

  static String text(Value.Obj object, String name) {
    return object.fields().get(name) instanceof Value.Str text ? text.value() : "";
  }

  @Override
  public void close() {
    shards.close();
    registries.close();
  }
}
