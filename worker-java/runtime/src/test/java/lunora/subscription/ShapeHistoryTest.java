package lunora.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import lunora.Items;
import lunora.Items.Item;
import lunora.host.local.SqlRows;
import lunora.query.PredicateText;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Predicate;
import lunora.shard.ShardActor;
import lunora.testkit.FakeHttpRequest;
import lunora.testkit.FakeShard;
import lunora.testkit.FakeShardHost;
import lunora.wire.Json;
import lunora.wire.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of writes, shapes with random conditions, lost frames, reconnects, hibernations,
 * evictions between commit and poke, crashes, and logs that are cut off. At every moment of rest
 * each copy holds exactly the rows that fulfil its condition, cut to its columns.
 *
 * <p>A failure names its seed; {@code -Dlunora.seed=N} plays that history alone.
 */
class ShapeHistoryTest {

  private static final int HISTORIES = 120;
  private static final int STEPS = 50;
  private static final List<List<String>> CUTS =
      List.of(
          List.of("_id", "_creationTime", "name", "rank", "big", "blob", "note"),
          List.of("_id", "name", "note"),
          List.of("_id", "_creationTime", "big", "rank", "blob"));

  static List<Long> seeds() {
    Long replayed = Long.getLong("lunora.seed");
    if (replayed != null) {
      return List.of(replayed);
    }
    long first = System.nanoTime();
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < HISTORIES; i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCopyHoldsTheRowsOfItsShape(long seed) {
    try (History history = new History(seed)) {
      for (int i = 0; i < STEPS; i++) {
        history.step();
        history.expectConvergence();
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "replay: mvn -o -pl worker-java/runtime -am test -Dtest=ShapeHistoryTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dlunora.seed="
              + seed,
          e);
    }
  }

  /** What one copy should hold. */
  private record Wanted(Predicate<Item> condition, int cut) {}

  private static final class History implements AutoCloseable {

    private final FakeShardHost host = FakeShardHost.inMemory("__root__");
    private final FakeShard shard =
        new FakeShard(host, (h, b) -> new ShardActor(h, b, ShapeApp.MODULE));
    private final Random random;
    private final List<ShapeClient> clients = new ArrayList<>();
    private final Map<ShapeClient, Map<String, Wanted>> wanted = new LinkedHashMap<>();
    private final List<Predicate<Item>> conditions = new ArrayList<>();

    History(long seed) {
      random = new Random(seed);
      for (int i = 0; i < 6; i++) {
        conditions.add(Items.condition(random, 3));
      }
      shard.fetch(write(0));
      conditions.add(Items.NAME.in(List.of("a", "é", "zz")));
      conditions.add(Items.RANK.gte(0.0).and(Items.RANK.lt(2.0)).or(Items.NAME.eq("ab")));
    }

    void step() {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> shard.fetch(write(1 + random.nextInt(4)));
        case 4, 5 -> subscribe();
        case 6 -> shard.hibernate();
        case 7 -> {
          shard.fetchThenEvict(write(1 + random.nextInt(3)));
          // Whatever wakes the shard next makes up for it.
          shard.fetch(write(0));
        }
        case 8 -> one().ifReady(ShapeClient::reconnect);
        case 9 -> loseFrames();
        case 10 -> restartOrTrim();
        default -> one().ifReady(this::unsubscribe);
      }
      host.clock().advance(random.nextInt(3));
    }

    private FakeHttpRequest write(int count) {
      return FakeHttpRequest.post(
          "https://shard.internal/rpc",
          "{\"functionPath\":\"items:write\",\"args\":{\"seed\":"
              + random.nextInt(1 << 20)
              + ",\"count\":"
              + count
              + "}}");
    }

    /** Some frames of the next poke are lost; the write after it makes up for it. */
    private void loseFrames() {
      one().ifReady(client -> client.socket().failSends(1 + random.nextInt(3)));
      shard.fetch(write(2));
      clients.forEach(client -> client.socket().failSends(0));
      if (random.nextBoolean()) {
        shard.hibernate();
      }
      shard.fetch(write(1));
    }

    private void restartOrTrim() {
      if (random.nextBoolean()) {
        shard.restart();
        clients.forEach(ShapeClient::reconnect);
      } else {
        // Never the last row: it is the cursor.
        host.sql()
            .execute(
                "DELETE FROM \"__lunora_oplog\" WHERE seq < (SELECT max(seq) FROM"
                    + " \"__lunora_oplog\") - ?",
                random.nextInt(8));
      }
    }

    private void subscribe() {
      ShapeClient client;
      if (clients.isEmpty() || (clients.size() < 5 && random.nextInt(3) == 0)) {
        client = new ShapeClient(shard, "user" + random.nextInt(2));
        clients.add(client);
        wanted.put(client, new LinkedHashMap<>());
      } else {
        client = Items.one(clients, random);
      }
      Wanted want = new Wanted(Items.one(conditions, random), random.nextInt(ShapeApp.CUTS));
      Map<String, Value> args = new LinkedHashMap<>();
      args.put("where", PredicateText.toValue(want.condition()));
      args.put("cut", new Value.Num(want.cut()));
      Objects.requireNonNull(wanted.get(client)).put(client.subscribe("items", args), want);
    }

    private void unsubscribe(ShapeClient client) {
      if (!client.ids().isEmpty()) {
        String id = Items.one(client.ids(), random);
        client.unsubscribe(id);
        Objects.requireNonNull(wanted.get(client)).remove(id);
      }
    }

    /** Any client, if there is one. */
    private Any one() {
      return action -> {
        if (!clients.isEmpty()) {
          action.accept(Items.one(clients, random));
        }
      };
    }

    void expectConvergence() {
      List<Doc<Item>> rows = rows();
      wanted.forEach(
          (client, copies) ->
              copies.forEach(
                  (id, want) ->
                      assertEquals(expected(rows, want), client.copy(id).rows(), want::toString)));
    }

    private List<Doc<Item>> rows() {
      SqlRows rows = host.sql().query("SELECT \"_id\", \"_doc\" FROM \"items\"");
      List<Doc<Item>> docs = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        docs.add(new Doc<>(Items.TABLE, new Id<>(rows.text(i, 0)), rows.json(i, 1)));
      }
      return docs;
    }

    private static Map<String, Value> expected(List<Doc<Item>> rows, Wanted want) {
      Map<String, Value> expected = new LinkedHashMap<>();
      for (Doc<Item> row : rows) {
        if (want.condition().test(row.value())) {
          Value.Obj whole = (Value.Obj) Json.read(row.json().toString());
          Map<String, Value> fields = new LinkedHashMap<>(whole.fields());
          fields.keySet().retainAll(CUTS.get(want.cut()));
          expected.put(row.id().value(), new Value.Obj(fields));
        }
      }
      return expected;
    }

    @Override
    public void close() {
      shard.close();
    }
  }

  /** A client, if there is one. */
  @FunctionalInterface
  private interface Any {
    void ifReady(java.util.function.Consumer<ShapeClient> action);
  }
}
