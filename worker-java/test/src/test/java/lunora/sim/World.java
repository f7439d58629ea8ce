package lunora.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lunora.api.AppModule;
import lunora.api.Identity;
import lunora.api.ShardLimits;
import lunora.boot.Worker;
import lunora.host.inbound.HttpResponse;
import lunora.host.inbound.WorkerHandler;
import lunora.host.local.SqlRows;
import lunora.testkit.FakeClock;
import lunora.testkit.FakeForeign;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.testkit.FakeSocket;
import lunora.testkit.FakeUpgrade;
import lunora.testkit.FakeWorkerHost;
import lunora.testkit.JdbcSqlStorage;
import lunora.testkit.LoopbackShardNamespace;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The server: the whole engine over real SQLite, with everything that can happen to it. Deferred
 * work waits until it is told to run.
 */
final class World implements AutoCloseable {

  private static final String SHARD = "__root__";
  private static final String ORIGIN = "https://app.test";
  private static final String WAKE = "{\"functionPath\":\"notes:mine\"}";
  private static final AppModule APP = SimApp.module();

  private final FakeClock clock = new FakeClock();
  private final WorkerHandler edge;
  private final LoopbackShardNamespace shards;
  private final FakeWorkerHost workerHost;
  private final FakeShard shard;
  private final SimSql sql;
  private int deaths;

  /** Bytes that may wait for a socket: few, so that slow clients are closed. */
  static final int OUTBOUND_BYTES = 2000;

  World(Mutant mutant) {
    Worker worker =
        Worker.of(APP)
            .limits(ShardLimits.DEFAULT.withOutboundBytes(OUTBOUND_BYTES))
            .authenticate(
                (request, workers) ->
                    Optional.ofNullable(request.header("authorization"))
                        .map(user -> new Identity(user, new Value.Obj(Map.of()))));
    FakeShardHost host = FakeShardHost.inMemory(SHARD, clock);
    host.deferred().hold();
    sql =
        new SimSql(
            host.sql(), () -> host.sockets().all().forEach(socket -> ((FakeSocket) socket).drop()));
    shard =
        new FakeShard(
            host,
            (real, background) ->
                mutant.handler(
                    worker.shard(mutant.host(Mutant.with(real, sql, real.sockets())), background)));
    shards = new LoopbackShardNamespace(key -> shard);
    workerHost = new FakeWorkerHost(shards);
    edge = worker.edge();
    // The database is made before faults begin: on the platform its making is one step.
    edge.fetch(FakeHttpRequest.post(ORIGIN + "/_lunora/rpc", WAKE), workerHost);
  }

  FakeClock clock() {
    return clock;
  }

  /** The database as it is, past the faults. */
  JdbcSqlStorage storage() {
    return shard.host().sql();
  }

  FakeShardHost host() {
    return shard.host();
  }

  SimSql sql() {
    return sql;
  }

  /** How often the process died, by itself or on purpose. */
  int deaths() {
    return deaths;
  }

  /** Delivers a request and gives the body of its answer; null when the process died over it. */
  @Nullable String post(List<Op> ops) {
    boolean single = ops.size() == 1;
    String body = single ? single(ops.get(0)) : batch(ops);
    FakeHttpRequest request =
        FakeHttpRequest.post(ORIGIN + (single ? "/_lunora/rpc" : "/_lunora/rpc-batch"), body);
    Op first = ops.get(0);
    sign(request, first.client);
    if (single) {
      request.header("x-lunora-client-id", first.client.clientId);
      if (first.mutationId != null) {
        request.header("x-lunora-mutation-id", first.mutationId);
      }
      if (first.sequence != null) {
        request.header("x-lunora-client-seq", first.sequence.toString());
      }
    }
    HttpResponse answer = alive(() -> edge.fetch(request, workerHost));
    HttpResponse inner = answer instanceof FakeForeign foreign ? foreign.inner() : answer;
    return inner instanceof HttpResponse.Json json ? json.body().toString() : null;
  }

  /** Opens a socket; null when the process died over it. */
  @Nullable FakeSocket open(SimClient client) {
    FakeHttpRequest request = FakeHttpRequest.upgrade(ORIGIN + "/_lunora/ws");
    sign(request, client);
    HttpResponse answer = alive(() -> edge.fetch(request, workerHost));
    return answer instanceof FakeUpgrade upgrade ? upgrade.socket() : null;
  }

  void frame(FakeSocket socket, String text) {
    alive(
        () -> {
          shard.message(socket, text);
          return "";
        });
  }

  /** The server hears that a socket is gone. */
  void closed(FakeSocket socket) {
    alive(
        () -> {
          shard.disconnect(socket);
          return "";
        });
  }

  void runDeferred() {
    alive(
        () -> {
          shard.host().deferred().run();
          return "";
        });
  }

  boolean isIdle() {
    return shard.host().deferred().pending() == 0;
  }

  /** Whether streams go on in the background. */
  boolean isStreaming() {
    return shard.host().background().running() > 0;
  }

  /** Time passes, and what waits for it goes on. */
  void pass(long ms) {
    alive(
        () -> {
          clock.advance(ms);
          return "";
        });
  }

  void hibernate() {
    shard.hibernate();
  }

  /** The process dies here and now. */
  void die() {
    deaths++;
    sql.live();
    shard.restart();
  }

  private <T> @Nullable T alive(Supplier<T> event) {
    try {
      return event.get();
    } catch (SimSql.Died | IllegalStateException e) {
      if (!(e instanceof SimSql.Died) && !(e.getCause() instanceof SimSql.Died)) {
        throw e;
      }
      die();
      return null;
    }
  }

  /** What the shard's log has got after a cursor. */
  List<Timeline.Change> changesAfter(long cursor) {
    SqlRows rows =
        storage()
            .query(
                "SELECT seq, tbl, op, id, doc FROM \"__lunora_oplog\" WHERE seq > ? ORDER BY seq",
                cursor);
    List<Timeline.Change> changes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Value.Obj doc = rows.isNull(i, 4) ? null : (Value.Obj) Json.read(rows.text(i, 4));
      changes.add(
          new Timeline.Change(
              (long) rows.number(i, 0), rows.text(i, 1), rows.text(i, 2), rows.text(i, 3), doc));
    }
    return changes;
  }

  /** Forgets the log's rows up to a cursor. */
  void trim(long upTo) {
    storage().execute("DELETE FROM \"__lunora_oplog\" WHERE seq <= ?", upTo);
  }

  private static void sign(FakeHttpRequest request, SimClient client) {
    if (!client.userId.isEmpty()) {
      request.header("authorization", client.userId);
    }
  }

  private static String single(Op op) {
    return JsonWriter.print(Watch.args("functionPath", op.call.path(), "args", op.call.args()));
  }

  private static String batch(List<Op> ops) {
    List<Value> calls = new ArrayList<>();
    for (Op op : ops) {
      Map<String, Value> call = new LinkedHashMap<>();
      call.put("id", new Value.Num(calls.size()));
      call.put("functionPath", new Value.Str(op.call.path()));
      call.put("args", op.call.args());
      call.put("clientId", new Value.Str(op.client.clientId));
      if (op.mutationId != null) {
        call.put("mutationId", new Value.Str(op.mutationId));
      }
      if (op.sequence != null) {
        call.put("clientSeq", new Value.Num(op.sequence));
      }
      calls.add(new Value.Obj(call));
    }
    return JsonWriter.print(Watch.args("calls", new Value.Arr(calls)));
  }

  @Override
  public void close() {
    shards.close();
    shard.evict();
    shard.close();
  }
}
