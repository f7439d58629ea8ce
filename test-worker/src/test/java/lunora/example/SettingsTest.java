package lunora.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.error.LunoraException;
import lunora.schema.Id;
import lunora.store.TableLayout;
import lunora.test.TestBackend;
import lunora.testkit.FakeGlobalDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SettingsTest {

  private final TestBackend backend = TestBackend.of(ChatModule.create());
  private final FakeGlobalDatabase database = new FakeGlobalDatabase();

  SettingsTest() {
    TableLayout.statements(SettingTable.TABLE)
        .forEach(sql -> database.start(FakeGlobalDatabase.Start.PRIMARY).execute(sql));
    backend.bindDatabase("DB", database);
  }

  @AfterEach
  void close() {
    backend.close();
    database.close();
  }

  private static void refused(String code, Executable call) {
    assertEquals(code, assertThrows(LunoraException.class, call).code());
  }

  @Test
  void othersSettingsDoNotExist() {
    Id<Setting> anns = backend.as("ann").mutation(SettingsFunctions.put("theme", "dark"));
    backend.as("bob").mutation(SettingsFunctions.put("theme", "light"));
    assertEquals(1, backend.as("bob").query(SettingsFunctions.list()).size());
    assertTrue(backend.as("bob").query(SettingsFunctions.get(anns)).isEmpty());
    refused("NOT_FOUND", () -> backend.as("bob").mutation(SettingsFunctions.remove(anns)));
    refused("FORBIDDEN", () -> backend.as("ann").mutation(SettingsFunctions.give(anns, "bob")));
    refused("UNAUTHENTICATED", () -> backend.query(SettingsFunctions.list()));
    assertEquals(
        "dark", backend.as("ann").query(SettingsFunctions.get(anns)).orElseThrow().value().value());
  }

  @Test
  void aSettingIsPutInThePlaceOfTheEarlierOne() {
    Id<Setting> first = backend.as("ann").mutation(SettingsFunctions.put("theme", "dark"));
    assertEquals(first, backend.as("ann").mutation(SettingsFunctions.put("theme", "sepia")));
    List<String> values =
        backend.as("ann").query(SettingsFunctions.list()).stream()
            .map(row -> row.value().value())
            .toList();
    assertEquals(List.of("sepia"), values);
  }
}
