package lunora.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import lunora.Items;
import lunora.Items.Item;
import lunora.error.LunoraException;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Limits;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.testkit.FakeShardHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows as they are written and refused. */
class TableStoreTest {

  private static final Table<Item> TABLE =
      Items.table(List.of(Items.BY_NAME, Index.unique("unique_pair", Items.NAME, Items.RANK)));

  private final FakeShardHost host = FakeShardHost.inMemory("rows");
  private TableStore<Item> store = open();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void theStoredTextIsTheWireRow() {
    store.insert(new Id<>("1"), 5, item("a", 1.0));
    assertEquals(
        "{\"_id\":\"1\",\"_creationTime\":5,\"name\":\"a\",\"rank\":1,"
            + "\"blob\":[\"$lunora.wire$\",\"bytes\",\"\"],\"note\":\"n\"}",
        store.find(new Id<>("1")).orElseThrow().doc().json().toString());
  }

  @Test
  void creationTimesIncreaseWhateverTheClockDoes() {
    double last = 0;
    for (double nowMs : new double[] {1000, 1000, 999, 0, 1001, 1001, 2000, 5}) {
      double created =
          store.insert(new Id<>("at " + last), nowMs, item("a", last)).creationTimeMs();
      assertTrue(created > last && created - Math.max(nowMs, last) < 1, () -> created + " ");
      last = created;
    }
    store = open();
    assertTrue(store.insert(new Id<>("z"), 7, item("z", 0.0)).creationTimeMs() > last);
  }

  @Test
  void rowsAtOnePlaceOfAUniqueIndexClash() {
    RowImage<Item> first = store.insert(new Id<>("1"), 0, item("a", 1.0));
    RowImage<Item> second = store.insert(new Id<>("2"), 0, item("a", 2.0));
    conflict(() -> store.insert(new Id<>("3"), 0, item("a", 1.0)));
    conflict(() -> store.update(second, item("a", 1.0)));
    store.update(first, item("a", 1.0));
    store.insert(new Id<>("4"), 0, item("a", null));
    store.insert(new Id<>("5"), 0, item("a", null));
    store.insert(new Id<>("6"), 0, item("a", -0.0));
    conflict(() -> store.insert(new Id<>("7"), 0, item("a", 0.0)));
    store.insert(new Id<>("8"), 0, item("a", Double.NaN));
    conflict(() -> store.insert(new Id<>("9"), 0, item("a", Double.NaN)));
  }

  private static void conflict(Runnable write) {
    LunoraException refused = assertThrows(LunoraException.class, write::run);
    assertEquals("CONFLICT", refused.code());
    assertEquals("another row of items has the same name, rank", refused.getMessage());
  }

  @Test
  void aRowOverTheLimitIsRefused() {
    store.insert(new Id<>("1"), 0, item("a".repeat(400_000), 1.0));
    for (String letter : List.of("a", "é", "\u20AC", "😀")) {
      int bytes = letter.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      Item tooLarge = note(letter.repeat(Limits.ROW_BYTES_MAX / bytes));
      LunoraException refused =
          assertThrows(LunoraException.class, () -> store.insert(new Id<>("2"), 0, tooLarge));
      assertEquals("PAYLOAD_TOO_LARGE", refused.code());
      store.insert(new Id<>(letter), 0, note(letter.repeat((Limits.ROW_BYTES_MAX - 500) / bytes)));
    }
  }

  private TableStore<Item> open() {
    Schema schema = new Schema(List.of(TABLE));
    new SchemaMigration(host.sql(), Meta.open(host.sql())).run(schema);
    return new Stores(schema, host.sql(), host.host().texts()).of(TABLE);
  }

  private static Item note(String note) {
    return new Item("n", null, Optional.empty(), new byte[0], note);
  }

  private static Item item(String name, @Nullable Double rank) {
    return new Item(name, rank, Optional.empty(), new byte[0], "n");
  }
}
