package lunora.subscription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lunora.ItemShard;
import lunora.Items;
import lunora.Items.Item;
import lunora.api.Order;
import lunora.oplog.RowWrite;
import lunora.query.ReadSet;
import lunora.query.ReadSetText;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which live queries a write affects: never too few, and few too many. */
class SubscriptionIndexTest {

  private static final int QUERIES = 25;
  private static final int WRITES = 30;

  private final ItemShard shard = new ItemShard();
  private final SubscriptionIndex index = new SubscriptionIndex();

  @AfterEach
  void close() {
    shard.close();
  }

  @Property(tries = 30, shrinking = ShrinkingMode.OFF)
  void aQueryThatIsNotAffectedGivesTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    try (ItemShard items = new ItemShard(random.nextInt(30), random)) {
      SubscriptionIndex watching = new SubscriptionIndex();
      List<Watched> all = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        all.add(Watched.random(i, items, random));
        all.get(i).refresh(items, watching);
      }
      int refreshed = 0;
      int needlessly = 0;
      for (int i = 0; i < WRITES; i++) {
        RowWrite<Item> write = items.writeAnything(random);
        Set<LiveQuery> affected = new LinkedHashSet<>();
        watching.affected(write, affected);
        for (Watched each : all) {
          boolean stale = each.isStale(items);
          if (affected.contains(each.query())) {
            each.refresh(items, watching);
            refreshed++;
            needlessly += stale ? 0 : 1;
          } else {
            assertFalse(stale, () -> "missed by " + write.op() + ": " + each);
          }
        }
      }
      int needless = needlessly;
      int runs = refreshed;
      assertTrue(needless * 2 <= runs + 40, () -> needless + " of " + runs + " runs needless");
    }
  }

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void aStoredReadSetIsAffectedByAtLeastAsMuch(@ForAll long seed) {
    Random random = new Random(seed);
    ReadSetText texts = new ReadSetText(ItemShard.SCHEMA);
    try (ItemShard items = new ItemShard(random.nextInt(30), random)) {
      SubscriptionIndex original = new SubscriptionIndex();
      SubscriptionIndex restored = new SubscriptionIndex();
      List<Watched> all = new ArrayList<>();
      for (int i = 0; i < QUERIES; i++) {
        Watched watched = Watched.random(i, items, random);
        watched.refresh(items, original);
        ReadSet reads = texts.read(texts.write(watched.query().reads()));
        assertNotNull(reads);
        assertEquals(ReadBuckets.of(watched.query().reads()), ReadBuckets.of(reads));
        LiveQuery stored = Watched.of(i, (s, r) -> List.of()).query();
        stored.ran(reads, new LiveResult(lunora.wire.JsonText.of("[]"), null));
        restored.add(stored);
        all.add(watched);
      }
      for (int i = 0; i < WRITES; i++) {
        RowWrite<Item> write = items.writeAnything(random);
        Set<Long> wanted = numbers(original, write);
        Set<Long> found = numbers(restored, write);
        assertTrue(found.containsAll(wanted), () -> wanted + " but only " + found + " of " + all);
        Set<Integer> buckets = new LinkedHashSet<>();
        ReadBuckets.of(write, buckets);
        for (Watched each : all) {
          Set<Integer> own = ReadBuckets.of(each.query().reads());
          boolean foundBy = own.removeAll(buckets);
          assertTrue(foundBy || !wanted.contains(each.query().number()), () -> each.toString());
        }
      }
    }
  }

  private static Set<Long> numbers(SubscriptionIndex index, RowWrite<Item> write) {
    Set<LiveQuery> affected = new LinkedHashSet<>();
    index.affected(write, affected);
    Set<Long> numbers = new LinkedHashSet<>();
    affected.forEach(query -> numbers.add(query.number()));
    return numbers;
  }

  @Test
  void aWriteBehindAFullWindowDoesNotMatter() {
    for (int i = 0; i < 5; i++) {
      shard.insert(item("a", i));
    }
    Watched oldest = watch((s, reads) -> s.reader(reads).all().take(3));
    Watched newest = watch((s, reads) -> s.reader(reads).all().order(Order.DESC).take(3));
    RowWrite<Item> write = shard.insert(item("a", 6));
    assertEquals(Set.of(newest.query()), affected(write));
    assertEquals(Set.of(oldest.query()), affected(shard.replace(1, item("a", 7))));
  }

  @Test
  void aWindowThatIsNotFullWaitsForMore() {
    shard.insert(item("a", 1));
    Watched window = watch((s, reads) -> s.reader(reads).all().take(3));
    assertEquals(Set.of(window.query()), affected(shard.insert(item("a", 2))));
  }

  @Test
  void aWriteOutsideTheRangeDoesNotMatter() {
    Watched a =
        watch((s, reads) -> s.reader(reads).index(Items.BY_NAME).eq(Items.NAME, "a").collect());
    Watched low =
        watch(
            (s, reads) ->
                s.reader(reads)
                    .index(Items.BY_NAME_RANK)
                    .eq(Items.NAME, "b")
                    .lt(Items.RANK, 5.0)
                    .collect());
    assertEquals(Set.of(a.query()), affected(shard.insert(item("a", 1))));
    assertEquals(Set.of(low.query()), affected(shard.insert(item("b", 4))));
    assertEquals(Set.of(), affected(shard.insert(item("b", 5))));
    assertEquals(Set.of(low.query()), affected(shard.replace(2, item("b", 3))));
    assertEquals(Set.of(low.query(), a.query()), affected(shard.replace(2, item("a", 3))));
  }

  @Test
  void aConditionNarrowsWhatIsWatched() {
    Watched high = watch((s, reads) -> s.reader(reads).all().filter(Items.RANK.gt(10.0)).collect());
    assertEquals(Set.of(), affected(shard.insert(item("a", 9))));
    assertEquals(Set.of(high.query()), affected(shard.replace(0, item("a", 11))));
  }

  @Test
  void aMissedIdIsWatchedToo() {
    RowWrite<Item> inserted = shard.insert(item("a", 1));
    Watched other =
        watch((s, reads) -> s.reader(reads).get(shard.rows().get(0).doc().id()).stream().toList());
    assertEquals(Set.of(other.query()), affected(inserted));
    assertEquals(Set.of(), affected(shard.insert(item("a", 2))));
  }

  @Test
  void narrowingAReadingAfterItRanLeavesTheRecordAsItWas() {
    Watched twice =
        watch(
            (s, reads) -> {
              var reading = s.reader(reads).index(Items.BY_NAME);
              List<Object> both = new ArrayList<>(reading.collect());
              both.addAll(reading.eq(Items.NAME, "b").collect());
              return both;
            });
    assertEquals(Set.of(twice.query()), affected(shard.insert(item("a", 1))));
    twice.refresh(shard, index);
    assertEquals(Set.of(twice.query()), affected(shard.insert(item("b", 1))));
  }

  @Test
  void aForgottenQueryIsNotFound() {
    Watched all = watch((s, reads) -> s.reader(reads).all().collect());
    index.remove(all.query());
    assertEquals(Set.of(), affected(shard.insert(item("a", 1))));
  }

  private Watched watch(Watched.Run run) {
    Watched watched = Watched.of(shard.rows().size() + System.nanoTime(), run);
    watched.refresh(shard, index);
    return watched;
  }

  private Set<LiveQuery> affected(RowWrite<Item> write) {
    Set<LiveQuery> affected = new LinkedHashSet<>();
    index.affected(write, affected);
    return affected;
  }

  private static Item item(String name, double rank) {
    return new Item(name, rank, java.util.Optional.empty(), new byte[0], "x");
  }
}
