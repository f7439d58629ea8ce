package lunora.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import lunora.wire.Json;
import lunora.wire.Value;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A snapshot that is taken while writes go on, and what it brings back. */
class RoundTripTest {

  private static final List<String> SHARDS = List.of("__root__", "b", "\u00e9/2");

  private final Map<String, List<String>> ids = new LinkedHashMap<>();

  private void writeAnything(BackupWorld world, Random random) {
    String shard = SHARDS.get(random.nextInt(SHARDS.size()));
    List<String> known = ids.computeIfAbsent(shard, key -> new ArrayList<>());
    int kind = known.isEmpty() ? 0 : random.nextInt(5);
    if (kind <= 1) {
      String text = "\\\"\ud83d\ude00 ".repeat(random.nextInt(3)) + random.nextInt();
      known.add(world.send(shard, text));
    } else if (kind == 2) {
      world.run(shard, "counters:add", "{\"name\":\"n" + random.nextInt(3) + "\",\"by\":1}");
    } else if (kind == 3) {
      String id = known.get(random.nextInt(known.size()));
      world.run(shard, "messages:edit", "{\"id\":\"" + id + "\",\"body\":\"edited\"}");
    } else {
      String id = known.remove(random.nextInt(known.size()));
      world.run(shard, "messages:remove", "{\"id\":\"" + id + "\"}");
    }
  }

  /** The rows of each shard by table and id, as lines have them. */
  private static Map<String, String> byId(List<String> lines) {
    Map<String, String> rows = new TreeMap<>();
    for (String line : lines) {
      Map<String, Value> fields = ((Value.Obj) Json.read(line)).fields();
      Value.Obj doc = (Value.Obj) Objects.requireNonNull(fields.get("doc"));
      String doctext = line.substring("{\"doc\":".length(), line.lastIndexOf(",\"table\":"));
      rows.put(
          BulkClient.text(fields, "table") + "/" + BulkClient.text(doc.fields(), "_id"), doctext);
    }
    return rows;
  }

  @Property(tries = 60)
  void pagesShowOnePositionWhateverIsWrittenBetweenThem(@ForAll long seed) {
    Random random = new Random(seed);
    ids.clear();
    try (BackupWorld world = new BackupWorld()) {
      for (int i = 0; i < 40; i++) {
        writeAnything(world, random);
      }
      for (String shard : SHARDS) {
        world.shards.shard(shard); // there, if empty
        world.run(shard, "counters:add", "{\"name\":\"there\",\"by\":1}");
        Map<String, String> then = world.rows(shard);
        ShardSnapshot snapshot = ShardSnapshot.begin(world.shards, shard, "s" + seed, List.of());
        if (random.nextInt(3) == 0) {
          world.shards.shard(shard).restart();
        }
        List<String> lines = new ArrayList<>();
        for (var page = snapshot.next(); page != null; page = snapshot.next()) {
          lines.addAll(page.toString().lines().toList());
          for (int i = 0; i < 10; i++) {
            writeAnything(world, random);
          }
        }
        assertEquals(then, byId(lines), "shard " + shard);
        assertEquals(then.size(), snapshot.rows());
        snapshot.end();
      }
    }
  }

  @Property(tries = 40)
  void whatIsRestoredIsWhatWasThere(@ForAll long seed) {
    Random random = new Random(seed);
    ids.clear();
    try (BackupWorld world = new BackupWorld()) {
      for (int i = 0; i < 60; i++) {
        writeAnything(world, random);
      }
      world.fire(0);
      Map<String, Map<String, String>> then = new LinkedHashMap<>();
      SHARDS.forEach(shard -> then.put(shard, world.rows(shard)));
      Map<String, List<String>> lines = world.lines(world.onlySnapshot());
      for (int i = 0; i < 30; i++) {
        writeAnything(world, random);
      }
      restore(world, lines, "replace");
      for (String shard : lines.keySet()) {
        assertEquals(then.get(shard), world.rows(shard), "shard " + shard);
      }
      world.fire(1);
      assertEquals(lines, world.lines(world.bucket.keys().get(2)), "a backup of it is the same");
    }
  }

  private static void restore(BackupWorld world, Map<String, List<String>> lines, String mode) {
    for (Map.Entry<String, List<String>> each : lines.entrySet()) {
      String shard = URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8);
      String report =
          world.ask(
              "POST",
              "import?mode=" + mode + "&stage=s&shard=" + shard,
              String.join("\n", each.getValue()));
      assertTrue(report.contains("\"errors\":[]"), report);
    }
    world.ask("POST", "import/commit", "{\"session\":\"s\"}");
  }

  @Property(tries = 30)
  void theLogLeadsFromASnapshotToAnyLaterTime(@ForAll long seed) {
    Random random = new Random(seed);
    ids.clear();
    try (BackupWorld world = new BackupWorld()) {
      for (int i = 0; i < 40; i++) {
        writeAnything(world, random);
      }
      world.fire(0);
      Map<String, List<String>> lines = world.lines(world.onlySnapshot());
      for (int i = 0; i < 20; i++) {
        writeAnything(world, random);
      }
      Map<String, Map<String, String>> then = new LinkedHashMap<>();
      lines.keySet().forEach(shard -> then.put(shard, world.rows(shard)));
      long untilMs = world.clock.nowMs();
      world.clock.advance(1);
      for (int i = 0; i < 20; i++) {
        writeAnything(world, random);
      }
      for (Map.Entry<String, List<String>> each : lines.entrySet()) {
        String shard = URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8);
        world.ask(
            "POST",
            "import?mode=replace&stage=s&shard=" + shard,
            String.join("\n", each.getValue()));
      }
      StringBuilder to = new StringBuilder();
      for (Value part : world.parts(world.onlySnapshot())) {
        Map<String, Value> fields = ((Value.Obj) part).fields();
        to.append(to.length() == 0 ? "" : ",").append('"');
        to.append(BulkClient.text(fields, "shardKey")).append("\":{\"epoch\":\"");
        to.append(BulkClient.text(fields, "epoch")).append("\",\"position\":");
        to.append((long) BulkClient.number(fields, "position")).append(",\"untilMs\":");
        to.append(untilMs).append("}");
      }
      String commit = "{\"session\":\"s\",\"to\":{" + to + "}}";
      String done = world.ask("POST", "import/commit", commit);
      for (String shard : lines.keySet()) {
        assertEquals(then.get(shard), world.rows(shard), "shard " + shard);
      }
      assertEquals(done, world.ask("POST", "import/commit", commit), "its answer may be lost");
      for (String shard : lines.keySet()) {
        assertEquals(then.get(shard), world.rows(shard), "shard " + shard);
      }
    }
  }
}
