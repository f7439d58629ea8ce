package lunora.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import lunora.testkit.ClientView;
import lunora.testkit.JvmJsonTexts;
import lunora.wire.Json;
import lunora.wire.JsonText;
import lunora.wire.Value;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Deltas, merged by the client's rules, give exactly the next result; or there are none. */
class ResultDiffTest {

  private static final ServerFrames FRAMES = new ServerFrames(new JvmJsonTexts());
  private static final Position POSITION = new Position(1, "e");

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  void mergedDeltasAreTheNextResult(@ForAll long seed) {
    Random random = new Random(seed);
    List<LiveResult.Row> rows = rows(random, random.nextInt(8));
    List<LiveResult.Row> changed = changed(rows, random);
    LiveResult before = list(rows);
    LiveResult after = list(changed);
    List<RowDelta> deltas = ResultDiff.between(before, after);
    if (deltas != null) {
      assertEquals(after.text().toString(), merge(before, deltas));
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void sortedListsOfTwoOrMoreAlwaysDiffer(@ForAll long seed) {
    Random random = new Random(seed);
    TreeMap<Double, LiveResult.Row> rows = new TreeMap<>();
    for (int i = 0; i < 3 + random.nextInt(8); i++) {
      rows.put((double) i * 10, row("r" + i, i * 10, random));
    }
    LiveResult before = list(new ArrayList<>(rows.values()));
    rows.remove((double) 10 * random.nextInt(3));
    double at = random.nextInt(100) + 0.5;
    rows.put(at, row("new", at, random));
    LiveResult after = list(new ArrayList<>(rows.values()));
    List<RowDelta> deltas = ResultDiff.between(before, after);
    assertNotNull(deltas);
    assertTrue(deltas.size() <= 2);
    assertEquals(after.text().toString(), merge(before, deltas));
  }

  @Test
  void deletesComeFirstThenTheRestAsItStands() {
    Random random = new Random(1);
    LiveResult.Row a = row("a", 1, random);
    LiveResult.Row b = row("b", 2, random);
    LiveResult.Row c = row("c", 3, random);
    LiveResult.Row edited =
        new LiveResult.Row(
            "b", 2, JsonText.of("{\"_id\":\"b\",\"_creationTime\":2,\"v\":\"new\"}"));
    List<RowDelta> deltas = ResultDiff.between(list(List.of(a, b)), list(List.of(edited, c)));
    assertNotNull(deltas);
    assertEquals(
        List.of("delete a", "update b", "insert c"),
        deltas.stream().map(delta -> delta.op() + " " + delta.id()).toList());
  }

  @Test
  void movedRowsEqualIdsAndOtherShapesHaveNoDeltas() {
    Random random = new Random(1);
    LiveResult.Row a = row("a", 1, random);
    LiveResult.Row b = row("b", 2, random);
    assertNull(ResultDiff.between(list(List.of(a, b)), list(List.of(b, a))));
    assertNull(ResultDiff.between(list(List.of(a)), list(List.of(a, a))));
    LiveResult noRows = new LiveResult(JsonText.of("1"), null);
    assertNull(ResultDiff.between(noRows, list(List.of(a))));
    assertNull(ResultDiff.between(list(List.of(a)), noRows));
    LiveResult page = new LiveResult(JsonText.of("{}"), new LiveResult.Rows(List.of(a), "page x"));
    assertNull(ResultDiff.between(page, list(List.of(a, b))));
  }

  @Test
  void oneRowDoesNotShowWhichWayTheListRuns() {
    Random random = new Random(1);
    LiveResult.Row older = row("a", 1, random);
    LiveResult.Row newer = row("b", 2, random);
    assertNotNull(ResultDiff.between(list(List.of(older)), list(List.of(older, newer))));
    assertNull(ResultDiff.between(list(List.of(older)), list(List.of(newer, older))));
  }

  private static String merge(LiveResult before, List<RowDelta> deltas) {
    ClientView client = new ClientView();
    client.apply(frame("data", FRAMES.dataTail(before.text(), POSITION)));
    for (RowDelta delta : deltas) {
      client.apply(frame("delta", FRAMES.deltaTail(FRAMES.delta(delta, "items"), null)));
    }
    lunora.wire.JsonWriter json = new lunora.wire.JsonWriter();
    Json.write(client.result(), json);
    return json.finish().toString();
  }

  private static Value.Obj frame(String type, JsonText tail) {
    return (Value.Obj) Json.read(FRAMES.head(type, "s").toString() + tail);
  }

  private static List<LiveResult.Row> rows(Random random, int count) {
    List<LiveResult.Row> rows = new ArrayList<>();
    int direction = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      double created = direction == 0 ? i : direction == 1 ? -i : random.nextInt(4);
      rows.add(row("r" + i, created, random));
    }
    return rows;
  }

  private static List<LiveResult.Row> changed(List<LiveResult.Row> rows, Random random) {
    List<LiveResult.Row> changed = new ArrayList<>();
    for (LiveResult.Row row : rows) {
      int kind = random.nextInt(5);
      if (kind == 0) {
        changed.add(row(row.id(), row.creationTimeMs(), random));
      } else if (kind != 1) {
        changed.add(row);
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(changed.size() + 1);
      changed.add(at, row("n" + i, random.nextInt(9) - 4, random));
    }
    if (changed.size() > 1 && random.nextInt(4) == 0) {
      Collections.swap(changed, 0, random.nextInt(changed.size()));
    }
    return changed;
  }

  private static LiveResult.Row row(String id, double created, Random random) {
    JsonText text =
        new lunora.wire.JsonWriter()
            .raw("{\"_id\":")
            .string(id)
            .raw(",\"_creationTime\":")
            .number(created)
            .raw(",\"v\":")
            .number(random.nextInt(3))
            .raw("}")
            .finish();
    return new LiveResult.Row(id, created, text);
  }

  private static LiveResult list(List<LiveResult.Row> rows) {
    List<String> texts = rows.stream().map(row -> row.text().toString()).toList();
    return new LiveResult(
        JsonText.of("[" + String.join(",", texts) + "]"), new LiveResult.Rows(rows, "[]"));
  }
}
