package lunora.fanout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lunora.error.LunoraException;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each merge against a plain model over random shards, and by hand where it is peculiar. */
class MergeTest {

  private static final int ROUNDS = 300;

  private final Random random = new Random(20);

  /** A row as the model has it. */
  private record Row(int id, int by, String group) {

    String json() {
      return "{\"id\":" + id + ",\"by\":" + by + "}";
    }

    String grouped() {
      return "{\"key\":\"" + group + "\",\"value\":" + by + "}";
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"kind\":\"concat\"}|[[1,2],\"x\",[],[3]]|[1,2,3]",
        "{\"kind\":\"concat\"}|[]|[]",
        "{\"kind\":\"first\"}|[{\"a\":1},2]|{\"a\":1}",
        "{\"kind\":\"first\"}|[]|null",
        "{\"kind\":\"sum\"}|[1,\"2\",null,2.5,[3],{\"a\":4}]|3.5",
        "{\"kind\":\"sum\"}|[]|0",
        "{\"kind\":\"sum\"}|[[\"$lunora.wire$\",\"bigint\",\"7\"],1]|8",
        "{\"kind\":\"sum\"}|[1.7e308,1.7e308]|[\"$lunora.wire$\",\"inf\"]",
        "{\"kind\":\"min\"}|[3,-1,\"-9\"]|-1",
        "{\"kind\":\"min\"}|[\"x\"]|null",
        "{\"kind\":\"max\"}|[3,-1]|3",
        "{\"kind\":\"max\"}|[]|null",
        "{\"kind\":\"rank\"}|[{\"before\":2,\"total\":5},{\"before\":1,\"total\":4},3]|{\"position\":4,\"total\":9}",
        "{\"kind\":\"rank\"}|[]|{\"position\":1,\"total\":0}",
        "{\"kind\":\"topK\",\"k\":2,\"by\":\"n\"}|[[{\"n\":1},{\"m\":9}],[{\"n\":2},7]]|[{\"n\":2},{\"n\":1}]",
        "{\"kind\":\"topK\",\"k\":2,\"by\":\"n\",\"direction\":\"asc\"}|[[{\"n\":1},{\"m\":9}],[{\"n\":2},7]]|[{\"m\":9},7]",
        "{\"kind\":\"topK\",\"k\":0,\"by\":\"n\"}|[[{\"n\":1}]]|[]",
        "{\"kind\":\"topK\",\"k\":1e300,\"by\":\"n\"}|[[{\"n\":1}]]|[{\"n\":1}]",
        "{\"kind\":\"topK\",\"k\":1,\"by\":\"n\"}|[[{\"n\":[\"$lunora.wire$\",\"date\",5]},{\"n\":4}]]|[{\"n\":[\"$lunora.wire$\",\"date\",5]}]",
        "{\"kind\":\"groupBy\"}|[[{\"key\":{\"a\":1,\"b\":2},\"value\":1}],[{\"key\":{\"b\":2,\"a\":1},\"value\":2}]]|[{\"key\":{\"a\":1,\"b\":2},\"value\":3}]",
        "{\"kind\":\"groupBy\",\"op\":\"min\"}|[[{\"key\":1,\"value\":4},{\"key\":1,\"value\":3},{\"key\":2}],8]|[{\"key\":1,\"value\":3}]"
      })
  void byHand(String merge, String answers, String merged) {
    assertEquals(merged, text(merge(merge, answers)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"kind\":1}",
        "{\"kind\":\"average\"}",
        "{\"kind\":\"topK\",\"k\":1}",
        "{\"kind\":\"topK\",\"k\":-1,\"by\":\"a\"}",
        "{\"kind\":\"topK\",\"k\":1.5,\"by\":\"a\"}",
        "{\"kind\":\"topK\",\"k\":1e999,\"by\":\"a\"}",
        "{\"kind\":\"topK\",\"k\":1,\"by\":\"\"}",
        "{\"kind\":\"topK\",\"k\":1,\"by\":\"a\",\"direction\":\"DESC\"}",
        "{\"kind\":\"topK\",\"k\":1,\"by\":\"a\",\"direction\":null}",
        "{\"kind\":\"groupBy\",\"op\":\"avg\"}",
        "{\"kind\":\"groupBy\",\"op\":\"SUM\"}"
      })
  void whatIsNoMergeIsRefused(String merge) {
    LunoraException refusal =
        assertThrows(LunoraException.class, () -> Merge.read((Value.Obj) Json.read(merge)));
    assertEquals("BAD_REQUEST", refusal.code());
  }

  @Test
  void theTopOfManyShardsIsThatOfAllTheirRows() {
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Row>> shards = shards();
      int k = random.nextInt(12);
      boolean ascending = random.nextBoolean();
      Comparator<Row> order = Comparator.comparing(Row::by);
      List<String> expected =
          shards.stream()
              .flatMap(List::stream)
              .sorted(ascending ? order : order.reversed())
              .limit(k)
              .map(Row::json)
              .toList();
      String merge =
          "{\"kind\":\"topK\",\"by\":\"by\",\"k\":%d%s}"
              .formatted(k, ascending ? ",\"direction\":\"asc\"" : "");
      assertEquals("[" + String.join(",", expected) + "]", text(merge(merge, lists(shards))));
    }
  }

  @Test
  void theTopOfEachShardIsEnoughForTheTopOfAll() {
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Row>> shards = shards();
      int k = random.nextInt(6);
      List<List<Row>> tops =
          shards.stream()
              .map(
                  rows ->
                      rows.stream()
                          .sorted(Comparator.comparing(Row::by).reversed())
                          .limit(k)
                          .toList())
              .toList();
      String merge = "{\"kind\":\"topK\",\"by\":\"by\",\"k\":" + k + "}";
      assertEquals(text(merge(merge, lists(shards))), text(merge(merge, lists(tops))));
    }
  }

  @Test
  void groupsAreThoseOfAllRows() {
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Row>> shards = shards();
      TreeMap<String, Integer> sums = new TreeMap<>();
      shards.forEach(rows -> rows.forEach(row -> sums.merge(row.group(), row.by(), Integer::sum)));
      TreeMap<String, Integer> merged = new TreeMap<>();
      String answers =
          shards.stream()
              .map(
                  rows ->
                      rows.stream().map(Row::grouped).collect(Collectors.joining(",", "[", "]")))
              .collect(Collectors.joining(",", "[", "]"));
      for (Value group : ((Value.Arr) merge("{\"kind\":\"groupBy\"}", answers)).items()) {
        if (group instanceof Value.Obj fields
            && fields.fields().get("key") instanceof Value.Str key
            && fields.fields().get("value") instanceof Value.Num value) {
          merged.put(key.value(), (int) value.value());
        }
      }
      assertEquals(sums, merged);
    }
  }

  @Test
  void pagesHoldEveryRowOnce() {
    for (int round = 0; round < ROUNDS; round++) {
      List<List<Row>> shards = shards();
      List<Integer> seen = new ArrayList<>();
      int pages =
          PagedShards.readAll(
              shards.stream().map(PagedShards.Rows::new).toList(), random, seen, Row::id);
      List<Integer> all = shards.stream().flatMap(List::stream).map(Row::id).toList();
      assertEquals(all.stream().sorted().toList(), seen.stream().sorted().toList());
      int longest = shards.stream().mapToInt(List::size).max().orElse(0);
      assertEquals(true, pages >= (longest + 2) / 3, pages + " pages");
    }
  }

  private List<List<Row>> shards() {
    List<List<Row>> shards = new ArrayList<>();
    int id = 0;
    for (int shard = random.nextInt(7); shard > 0; shard--) {
      List<Row> rows = new ArrayList<>();
      for (int row = random.nextInt(8); row > 0; row--) {
        rows.add(new Row(id++, random.nextInt(9), "g" + random.nextInt(4)));
      }
      shards.add(rows);
    }
    return shards;
  }

  private static String lists(List<List<Row>> shards) {
    return shards.stream()
        .map(rows -> rows.stream().map(Row::json).collect(Collectors.joining(",", "[", "]")))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Value merge(String merge, String answers) {
    return Merge.read((Value.Obj) Json.read(merge)).of(((Value.Arr) Json.read(answers)).items());
  }

  private static String text(Value value) {
    JsonWriter sink = new JsonWriter();
    Json.write(value, sink);
    return sink.finish().toString();
  }
}
