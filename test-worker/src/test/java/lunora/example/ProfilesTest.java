package lunora.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lunora.schema.Doc;
import lunora.schema.Table;
import lunora.store.TableLayout;
import lunora.test.LiveQuery;
import lunora.test.TestBackend;
import lunora.test.TestResponse;
import lunora.testkit.FakeGlobalDatabase;
import lunora.testkit.FakeHttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfilesTest {

  private final TestBackend backend =
      TestBackend.of(ChatModule.create(), worker -> worker.allowUnauthenticatedShardAccess());
  private final FakeGlobalDatabase database = new FakeGlobalDatabase();

  @BeforeEach
  void migrate() {
    for (Table<?> table : ChatModule.create().globalSchema().tables()) {
      TableLayout.statements(table).forEach(sql -> database.start(PRIMARY).execute(sql));
    }
    backend.bindDatabase("DB", database);
  }

  @AfterEach
  void close() {
    backend.close();
    database.close();
  }

  private static final FakeGlobalDatabase.Start PRIMARY = FakeGlobalDatabase.Start.PRIMARY;

  @Test
  void aProfileIsPutFoundAndPutAgain() {
    backend.mutation(ProfilesFunctions.put("ada", "counts"));
    backend.mutation(ProfilesFunctions.put("ada", "computes"));
    backend.mutation(ProfilesFunctions.put("bob", ""));
    assertEquals(
        "computes", backend.query(ProfilesFunctions.get("ada")).orElseThrow().value().bio());
    assertTrue(backend.query(ProfilesFunctions.get("eve")).isEmpty());
    assertEquals(2, backend.query(ProfilesFunctions.list()).size());
  }

  @Test
  void theMigrationFilesMakeTheSchema() throws IOException {
    StringBuilder wanted = new StringBuilder();
    for (Table<?> table : ChatModule.create().globalSchema().tables()) {
      TableLayout.statements(table).forEach(sql -> wanted.append(sql).append(";\n"));
    }
    StringBuilder written = new StringBuilder();
    for (String file : List.of("0001_profiles.sql", "0002_settings.sql")) {
      written.append(Files.readString(Path.of("migrations", file)));
    }
    assertEquals(wanted.toString(), written.toString());
  }

  @Test
  void aMalformedBookmarkIsRefused() {
    for (String bookmark : new String[] {"a b", "x".repeat(201), "'; DROP"}) {
      assertEquals("BAD_REQUEST", call(backend, LIST, bookmark).refusal().code());
    }
  }

  @Test
  void aReplicaThatLagsIsNotAskedForWhatTheCallerHasSeen() {
    backend.mutation(ProfilesFunctions.put("ada", "old"));
    database.lag();
    String seen = String.valueOf(call(backend, PUT, "").headers().get("x-d1-bookmark"));
    assertEquals("old", backend.query(ProfilesFunctions.get("ada")).orElseThrow().value().bio());
    assertTrue(call(backend, LIST, seen).body().contains("\"bio\":\"new\""));
  }

  @Test
  void whoWatchesInAnyShardGetsWhatIsWrittenInAnother() {
    LiveQuery<Optional<Doc<Profile>>> here = backend.subscribe(ProfilesFunctions.get("ada"));
    LiveQuery<List<Doc<Profile>>> there =
        backend.as("bea").shard("bea").subscribe(ProfilesFunctions.list());
    assertTrue(here.current().isEmpty());
    backend.as("cyd").shard("cyd").mutation(ProfilesFunctions.put("ada", "counts"));
    assertEquals("counts", here.current().orElseThrow().value().bio());
    assertEquals(1, there.current().size());
    backend.mutation(ProfilesFunctions.put("bob", ""));
    here.expectUnchanged();
    assertEquals(2, there.current().size());
    there.unsubscribe();
    backend.mutation(ProfilesFunctions.put("eve", ""));
    backend.mutation(ProfilesFunctions.put("ada", "computes"));
    assertEquals("computes", here.current().orElseThrow().value().bio());
    there.expectNothing();
  }

  @Test
  void aLiveQueryOutlivesAHibernationAndALaggingReplica() {
    LiveQuery<Optional<Doc<Profile>>> live = backend.subscribe(ProfilesFunctions.get("ada"));
    assertTrue(live.current().isEmpty());
    database.lag();
    backend.hibernate();
    backend.shard("other").mutation(ProfilesFunctions.put("ada", "new"));
    assertEquals("new", live.current().orElseThrow().value().bio());
  }

  @Test
  void aShardThatCannotBeReachedIsToldLater() {
    LiveQuery<List<Doc<Profile>>> far = backend.shard("far").subscribe(ProfilesFunctions.list());
    LiveQuery<List<Doc<Profile>>> near = backend.subscribe(ProfilesFunctions.list());
    backend.cutOff("far");
    backend.mutation(ProfilesFunctions.put("ada", ""));
    assertEquals(1, near.current().size());
    assertEquals(0, far.current().size());
    backend.reconnect("far");
    backend.advance(2_000);
    assertEquals(1, far.current().size());
  }

  @Test
  void aWriteWhoseAnswerIsLostIsToldOfInAnyCase() {
    LiveQuery<List<Doc<Profile>>> live = backend.subscribe(ProfilesFunctions.list());
    database.loseAnswer();
    assertThrows(RuntimeException.class, () -> backend.mutation(ProfilesFunctions.put("ada", "")));
    assertEquals(0, live.current().size());
    backend.advance(20_000);
    assertEquals(1, live.current().size());
  }

  @Test
  void whoAsksForTheSameSharesOneRun() {
    LiveQuery<List<Doc<Profile>>> first = backend.subscribe(ProfilesFunctions.list());
    LiveQuery<List<Doc<Profile>>> second = backend.subscribe(ProfilesFunctions.list());
    backend.mutation(ProfilesFunctions.put("ada", ""));
    assertEquals(1, first.current().size());
    assertEquals(1, second.current().size());
    second.unsubscribe();
    backend.mutation(ProfilesFunctions.put("bob", ""));
    assertEquals(2, first.current().size());
  }

  private static TestResponse call(TestBackend backend, String body, String bookmark) {
    return backend.fetch(
        FakeHttpRequest.post(TestBackend.ORIGIN + "/_lunora/rpc", body)
            .header("x-d1-bookmark", bookmark));
  }

  private static final String PUT =
      "{\"functionPath\":\"profiles:put\",\"args\":{\"name\":\"ada\",\"bio\":\"new\"}}";
  private static final String LIST = "{\"functionPath\":\"profiles:list\",\"args\":{}}";
}
