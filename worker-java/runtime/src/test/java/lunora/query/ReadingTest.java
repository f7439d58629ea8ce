package lunora.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lunora.ItemShard;
import lunora.Items;
import lunora.Items.Item;
import lunora.Reading;
import lunora.error.LunoraException;
import lunora.schema.Doc;
import lunora.schema.Page;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random readings of random rows against a sorted list. */
class ReadingTest {

  private static final int READINGS = 20;

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void everyReadingGivesWhatASortedListGives(@ForAll long seed) {
    Random random = new Random(seed);
    try (ItemShard shard = new ItemShard(random.nextInt(60), random)) {
      for (int i = 0; i < READINGS; i++) {
        Reading reading = Reading.random(random);
        List<String> expected = reading.expected(shard.rows());
        assertEquals(
            expected, Reading.idsOf(reading.on(shard.reader()).collect()), reading::toString);
        int count = random.nextInt(10);
        assertEquals(
            expected.subList(0, Math.min(count, expected.size())),
            Reading.idsOf(reading.on(shard.reader(new ReadSet())).take(count)),
            reading::toString);
        assertEquals(
            expected.stream().findFirst(),
            reading.on(shard.reader()).first().map(doc -> doc.id().value()));
        expectUnique(reading, expected, shard);
      }
    }
  }

  private static void expectUnique(Reading reading, List<String> expected, ItemShard shard) {
    if (expected.size() > 1) {
      LunoraException refused =
          assertThrows(LunoraException.class, () -> reading.on(shard.reader()).unique());
      assertEquals("NOT_UNIQUE", refused.code());
    } else {
      Optional<Doc<Item>> only = reading.on(shard.reader()).unique();
      assertEquals(expected.stream().findFirst(), only.map(doc -> doc.id().value()));
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void pagesCoverEverythingOnce(@ForAll long seed) {
    Random random = new Random(seed);
    try (ItemShard shard = new ItemShard(random.nextInt(50), random)) {
      for (int i = 0; i < READINGS; i++) {
        Reading reading = Reading.random(random);
        int numItems = 1 + random.nextInt(7);
        assertEquals(
            reading.expected(shard.rows()), pages(reading, shard, numItems), reading::toString);
      }
    }
  }

  private static List<String> pages(Reading reading, ItemShard shard, int numItems) {
    List<String> ids = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      Page<Doc<Item>> page = reading.on(shard.reader()).paginate(cursor, numItems);
      assertTrue(page.isDone() || page.page().size() == numItems);
      ids.addAll(Reading.idsOf(page.page()));
      cursor = page.continueCursor();
      assertEquals(page.isDone(), cursor == null);
    } while (cursor != null);
    return ids;
  }

  @Test
  void aLambdaReadsOnUntilEnoughPass() {
    try (ItemShard shard = new ItemShard(450, new Random(1))) {
      for (int row : new int[] {150, 350, 449}) {
        Item item = shard.rows().get(row).doc().value();
        shard.replace(row, new Item("wanted", item.rank(), item.big(), item.blob(), "z"));
      }
      List<Doc<Item>> found =
          shard.reader().all().filter(doc -> doc.value().name().equals("wanted")).take(2);
      assertEquals(2, found.size());
      assertEquals(shard.rows().get(350).doc().id(), found.get(1).id());
      assertEquals(3, shard.reader().all().filter(Items.NOTE.eq("z")).collect().size());
    }
  }

  @Test
  void rowsInsertedBehindThePageAppearOnTheNext() {
    try (ItemShard shard = new ItemShard(4, new Random(2))) {
      Page<Doc<Item>> first = shard.reader().all().paginate(null, 3);
      shard.insert(Items.random(new Random(3)));
      Page<Doc<Item>> second = shard.reader().all().paginate(first.continueCursor(), 3);
      assertEquals(2, second.page().size());
      assertTrue(second.isDone());
      assertNull(second.continueCursor());
    }
  }

  @Test
  void aLongKeyContinuesToo() {
    try (ItemShard shard = new ItemShard()) {
      Item item = Items.random(new Random(4));
      String name = "n".repeat(40_000);
      for (int i = 0; i < 3; i++) {
        shard.insert(new Item(name, item.rank(), item.big(), item.blob(), item.note()));
      }
      String cursor = shard.reader().index(Items.BY_NAME).paginate(null, 2).continueCursor();
      assertEquals(1, shard.reader().index(Items.BY_NAME).paginate(cursor, 2).page().size());
    }
  }

  @Test
  void garbageIsNoCursor() {
    try (ItemShard shard = new ItemShard(3, new Random(5))) {
      String ofAnother = shard.reader().index(Items.BY_NAME).paginate(null, 1).continueCursor();
      List<String> garbage =
          List.of("", "!", "null", "W10", "e30", "WzEsMl0x", "Zm9v", String.valueOf(ofAnother));
      for (String cursor : garbage) {
        LunoraException refused =
            assertThrows(
                LunoraException.class, () -> shard.reader().all().paginate(cursor, 1), cursor);
        assertEquals("BAD_REQUEST", refused.code());
      }
      assertEquals(
          "BAD_REQUEST",
          assertThrows(LunoraException.class, () -> shard.reader().all().paginate(null, 0)).code());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // on JDK 17 it does not see that a field's value is nullable
  void indexFieldsComeInOrderAndBoundsOnce() {
    try (ItemShard shard = new ItemShard()) {
      var index = Items.BY_NAME_RANK;
      assertThrows(
          IllegalArgumentException.class, () -> shard.reader().index(index).eq(Items.RANK, 1.0));
      assertThrows(
          IllegalArgumentException.class,
          () -> shard.reader().index(index).gt(Items.NAME, "a").gte(Items.NAME, "b"));
      assertThrows(
          IllegalArgumentException.class,
          () -> shard.reader().index(index).gt(Items.NAME, "a").eq(Items.NAME, "b"));
      assertThrows(
          IllegalArgumentException.class,
          () -> shard.reader().index(Items.BY_RANK).gt(Items.RANK, null));
      assertThrows(IllegalArgumentException.class, () -> shard.reader().all().take(-1));
    }
  }
}
