package lunora.schema;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.Items;
import lunora.Items.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app may declare. */
class DeclarationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_id",
        "_creationTime",
        "__proto__",
        "__lunora_meta",
        "sqlite_master",
        "1st",
        "a b",
        "a\"b",
        "a;DROP TABLE messages",
        "a--",
        "über",
        "a.b",
        "a\u0000",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm"
      })
  void namesThatAreNotIdentifiersAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Names.checkField(name));
    assertThrows(IllegalArgumentException.class, () -> Names.checkTable(name));
    assertThrows(IllegalArgumentException.class, () -> Names.checkIndex(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "select", "order", "group", "rowid", "camelCase", "snake_case_2"})
  void identifiersPassAlsoWhereSqlUsesThem(String name) {
    assertEquals(name, assertDoesNotThrow(() -> Names.checkField(name)));
  }

  @Test
  void twoTablesOfOneNameAreRefused() {
    Table<Item> same = Items.table(List.of());
    assertThrows(IllegalArgumentException.class, () -> new Schema(List.of(Items.TABLE, same)));
    assertEquals(1, new Schema(List.of(Items.TABLE, Items.TABLE)).tables().size());
  }

  @Test
  void twoIndexesOfOneNameAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Items.table(List.of(Items.BY_NAME, Index.on("BY_name", Items.RANK))));
  }

  @Test
  void anIndexNeedsAFieldOfItsTable() {
    Field<Item, String> stranger = Field.of("stranger", Codecs.STRING, Item::note);
    assertThrows(
        IllegalArgumentException.class, () -> Items.table(List.of(Index.on("i", stranger))));
    assertThrows(IllegalArgumentException.class, () -> Index.<Item>on("i"));
  }

  @Test
  void aChangeOfAnotherTablesFieldIsRefused() {
    Field<Item, String> stranger = Field.of("name", Codecs.STRING, Item::note);
    Item item = Items.random(new java.util.Random(1));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Items.TABLE.with(item, List.of(stranger.set("x"))));
    assertTrue(String.valueOf(refused.getMessage()).contains("name"));
    assertEquals("x", Items.TABLE.with(item, List.of(Items.NOTE.set("x"))).note());
  }
}
