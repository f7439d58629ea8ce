package lunora.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lunora.Items;
import lunora.Items.Item;
import lunora.error.LunoraException;
import lunora.host.local.SqlRows;
import lunora.query.RecordedReader;
import lunora.query.RowRules;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.schema.Index;
import lunora.schema.Schema;
import lunora.schema.Table;
import lunora.testkit.FakeShardHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shard's tables follow the schema, and no row is lost. */
class SchemaMigrationTest {

  private final FakeShardHost host = FakeShardHost.inMemory("migrating");

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aNewShardGetsTablesAndIndexes() {
    start(Items.table(List.of(Items.BY_NAME, Index.unique("by_note", Items.NOTE))));
    assertEquals(
        List.of(
            "items._by_creation_time", "items.by_name", "items.by_note", "items.by_note.unique"),
        indexes());
  }

  @Test
  void theSecondStartOnlyReads() {
    start(Items.TABLE);
    host.sql().resetStatements();
    start(Items.TABLE);
    assertTrue(
        host.sql().statements().stream()
            .allMatch(sql -> sql.startsWith("SELECT") || sql.startsWith("CREATE TABLE IF NOT")),
        () -> host.sql().statements().toString());
  }

  @Test
  void aNewIndexFindsTheRowsThatWereThere() {
    Table<Item> before = Items.table(List.of());
    TableStore<Item> store = start(before);
    Random random = new Random(1);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 1201; i++) {
      items.add(Items.random(random));
      store.insert(new Id<>("id" + i), 0, items.get(i));
    }
    Table<Item> after = Items.table(List.of(Items.BY_NAME, Items.BY_BIG_BLOB));
    TableStore<Item> migrated = start(after);
    for (String name : List.of("a", "é", "\uD800")) {
      List<Doc<Item>> found =
          new RecordedReader<>(migrated, RowRules.none(), host.sql(), null)
              .index(Items.BY_NAME)
              .eq(Items.NAME, name)
              .collect();
      long expected = items.stream().filter(item -> item.name().equals(name)).count();
      assertEquals(expected, found.size());
      assertTrue(expected > 50);
    }
  }

  @Test
  void aChangedIndexIsMadeAgainAndARemovedOneGoes() {
    start(Items.table(List.of(Items.BY_NAME, Index.on("by_other", Items.NAME))));
    start(Items.table(List.of(Index.on("by_other", Items.NAME, Items.RANK))));
    assertEquals(List.of("items._by_creation_time", "items.by_other"), indexes());
    assertTrue(sqlOf("items.by_other").contains("\"rank\""));
    assertFalse(sqlOf("items.by_other").contains("UNIQUE"));
  }

  @Test
  void aUniqueIndexOverRowsThatClashChangesNothing() {
    TableStore<Item> store = start(Items.table(List.of(Items.BY_NAME)));
    Item item = Items.random(new Random(2));
    store.insert(new Id<>("1"), 0, item);
    store.insert(new Id<>("2"), 0, item);
    List<String> before = indexes();
    Table<Item> unique =
        Items.table(List.of(Items.BY_RANK, Index.unique("unique_name", Items.NAME)));
    LunoraException refusal = assertThrows(LunoraException.class, () -> start(unique));
    assertEquals("SERVICE_UNAVAILABLE", refusal.code());
    assertTrue(String.valueOf(refusal.getMessage()).contains("have the same name"));
    assertEquals(before, indexes());
    assertFalse(columns().contains("rank"));
    assertEquals(
        2, start(Items.table(List.of(Items.BY_NAME))).find(new Id<>("1")).stream().count() * 2);
  }

  @Test
  void rowsOfATableThatIsNoLongerDeclaredStay() {
    TableStore<Item> store = start(Items.TABLE);
    store.insert(new Id<>("1"), 0, Items.random(new Random(3)));
    SchemaMigration migration = new SchemaMigration(host.sql(), Meta.open(host.sql()));
    Schema none = new Schema(List.of());

    LunoraException refusal = assertThrows(LunoraException.class, () -> migration.run(none));
    assertTrue(String.valueOf(refusal.getMessage()).contains("accept = \"drop items\""));
    migration.run(none, Set.of("drop items"), List.of());
    assertTrue(start(Items.TABLE).find(new Id<>("1")).isPresent());
  }

  private TableStore<Item> start(Table<Item> table) {
    Schema schema = new Schema(List.of(table));
    new SchemaMigration(host.sql(), Meta.open(host.sql())).run(schema);
    return new Stores(schema, host.sql(), host.host().texts()).of(table);
  }

  private List<String> indexes() {
    return texts(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            + " AND tbl_name = 'items' ORDER BY name");
  }

  private List<String> columns() {
    return texts("SELECT name FROM pragma_table_info('items')");
  }

  private String sqlOf(String index) {
    return host.sql().query("SELECT sql FROM sqlite_master WHERE name = ?", index).text(0, 0);
  }

  private List<String> texts(String query) {
    SqlRows rows = host.sql().query(query);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      texts.add(rows.text(i, 0));
    }
    return texts;
  }
}
