package lunora.oplog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lunora.ItemShard;
import lunora.Items;
import lunora.error.LunoraException;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.store.Meta;
import lunora.testkit.FakeClock;
import lunora.testkit.SeededRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A table that is read a few rows at a time shows what it was, whatever is written meanwhile. */
class SnapshotsTest {

  private static final String ITEMS = Items.TABLE.name();

  @Property(tries = 200)
  void pagesOfAFewRowsAreOneMoment(@ForAll long seed) {
    Random random = new Random(seed);
    FakeClock clock = new FakeClock();
    try (ItemShard shard = new ItemShard(random.nextInt(40), random)) {
      Oplog oplog = open(shard, clock);
      List<String> then = documents(shard);
      List<Integer> sizes = List.of(1 + random.nextInt(7), 1 + random.nextInt(7));
      oplog.snapshots().begin("a", List.of(ITEMS));
      oplog.snapshots().begin("b", List.of(ITEMS));
      List<List<String>> read = List.of(new ArrayList<>(), new ArrayList<>());
      double[] after = {0, 0};
      boolean[] done = {false, false};
      while (!done[0] || !done[1]) {
        int which = done[0] ? 1 : done[1] ? 0 : random.nextInt(2);
        int size = sizes.get(which);
        String id = which == 0 ? "a" : "b";
        SqlRows rows = oplog.snapshots().rows(id, ITEMS, after[which], size);
        if (random.nextInt(4) == 0) {
          rows = oplog.snapshots().rows(id, ITEMS, after[which], size); // the answer was lost
        }
        for (int i = 0; i < rows.size(); i++) {
          read.get(which).add(rows.text(i, 1));
          after[which] = rows.number(i, 0);
        }
        done[which] = rows.size() < size;
        for (int i = random.nextInt(8); i > 0; i--) {
          oplog.append(shard.writeAnything(random));
        }
        if (random.nextInt(6) == 0) {
          oplog = open(shard, clock); // asleep and awake again
        }
      }
      assertEquals(then, read.get(0));
      assertEquals(then, read.get(1));
      oplog.snapshots().end("a");
      oplog.snapshots().end("b");
      assertEquals(0, kept(shard.sql()));
    }
  }

  @Property(tries = 5)
  void aReadingThatNobodyGoesOnWithIsOver(@ForAll long seed) {
    Random random = new Random(seed);
    FakeClock clock = new FakeClock();
    try (ItemShard shard = new ItemShard(10, random)) {
      Oplog oplog = open(shard, clock);
      oplog.snapshots().begin("a", List.of(ITEMS));
      oplog.append(shard.replace(3, Items.random(random)));
      assertEquals(1, kept(shard.sql()));
      clock.advance(Snapshots.IDLE_MS + 1);
      oplog.append(shard.replace(4, Items.random(random)));
      assertEquals(0, kept(shard.sql()), "nothing is kept for nobody");
      LunoraException refusal =
          assertThrows(LunoraException.class, () -> oplog.snapshots().rows("a", ITEMS, 0, 5));
      assertEquals("EXPIRED", refusal.code());
    }
  }

  private static Oplog open(ItemShard shard, FakeClock clock) {
    return Oplog.open(shard.sql(), Meta.open(shard.sql()), clock, new SeededRandom(1));
  }

  private static List<String> documents(ItemShard shard) {
    List<String> documents = new ArrayList<>();
    SqlRows rows = shard.sql().query("SELECT \"_doc\" FROM items ORDER BY \"_seq\"");
    for (int i = 0; i < rows.size(); i++) {
      documents.add(rows.text(i, 0));
    }
    return documents;
  }

  private static double kept(SqlStorage sql) {
    return sql.query("SELECT count(*) FROM \"__lunora_snapshot_row\"").number(0, 0);
  }
}
