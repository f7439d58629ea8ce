package lunora.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import lunora.error.LunoraException;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.test.NotesApp.Note;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestBackendTest {

  private final TestBackend backend = TestBackend.of(NotesApp.module());

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aQueryAnswersWhatAMutationWrote() {
    Id<Note> id = backend.mutation(NotesApp.add("home", "milk"));
    assertEquals(
        Optional.of(new Note("home", "milk")), backend.query(NotesApp.get(id)).map(Doc::value));
    backend.mutation(NotesApp.remove(id));
    assertEquals(Optional.empty(), backend.query(NotesApp.get(id)));
  }

  @Test
  void aRefusalIsTheClients() {
    LunoraException refused =
        assertThrows(LunoraException.class, () -> backend.mutation(NotesApp.add("home", "")));
    assertEquals("VALIDATION_ERROR", refused.code());
    assertEquals(400, refused.status());
    assertTrue(String.valueOf(refused.getMessage()).startsWith("args.text: "));
  }

  @Test
  void aCallOfTheWrongKindIsAMistakeOfTheTest() {
    IllegalArgumentException mistake =
        assertThrows(
            IllegalArgumentException.class, () -> backend.query(NotesApp.add("home", "milk")));
    assertEquals("notes:add is a mutation, not a query", mistake.getMessage());
  }

  @Test
  void eachUserIsWhoTheyAre() {
    assertEquals("nobody", backend.query(NotesApp.who()));
    assertEquals("ann", backend.as("ann").query(NotesApp.who()));
    assertEquals("bob", backend.as("ann").as("bob").subscribe(NotesApp.who()).current());
  }

  @Test
  void aNamedShardIsClosedUntilTheWorkerOpensIt() {
    assertEquals(
        "FORBIDDEN_SHARD",
        assertThrows(
                LunoraException.class, () -> backend.shard("a").mutation(NotesApp.add("p", "x")))
            .code());
    assertThrows(LunoraException.class, () -> backend.shard("a").subscribe(NotesApp.list("p")));
    try (TestBackend open =
        TestBackend.of(
            NotesApp.module(), worker -> worker.authorizeShard((identity, shard) -> true))) {
      open.shard("ä/ö").mutation(NotesApp.add("p", "x"));
      assertEquals(1, open.shard("ä/ö").subscribe(NotesApp.list("p")).current().size());
      assertEquals(0, open.query(NotesApp.list("p")).size());
    }
  }

  @Test
  void anActionSeesTheNetworkThatTheTestNames() {
    backend.network().answer(TestBackend.ORIGIN + "/health", 204);
    assertEquals(204, backend.action(NotesApp.fetch("/health")));
    assertEquals(List.of(TestBackend.ORIGIN + "/health"), backend.network().requested());
    LunoraException lost =
        assertThrows(LunoraException.class, () -> backend.action(NotesApp.fetch("/nowhere")));
    assertEquals("RPC_FAILED", lost.code());
  }

  @Test
  void rawRequestsTakeTheSameWay() {
    assertEquals("{\"result\":\"nobody\"}", backend.rpc("{\"functionPath\":\"notes:who\"}").body());
    assertEquals(400, backend.rpc("{").status());
    assertEquals("BAD_REQUEST", backend.rpc("{").refusal().code());
  }

  @Test
  void theClockStandsStillUntilItIsMoved() {
    backend.mutation(NotesApp.add("p", "one"));
    backend.clock().advance(1000);
    backend.mutation(NotesApp.add("p", "two"));
    List<Doc<Note>> notes = backend.query(NotesApp.list("p"));
    assertEquals(1000, notes.get(1).creationTimeMs() - notes.get(0).creationTimeMs());
  }

  @Test
  void twoRunsGiveTheSameIds() {
    try (TestBackend again = TestBackend.of(NotesApp.module())) {
      assertEquals(
          backend.mutation(NotesApp.add("p", "x")), again.mutation(NotesApp.add("p", "x")));
    }
  }

  @Test
  void aLiveQueryFollowsByDeltas() {
    for (int i = 0; i < 5; i++) {
      backend.mutation(NotesApp.add("p", "note " + i));
    }
    LiveQuery<List<Doc<Note>>> live = backend.subscribe(NotesApp.list("p"));
    Id<Note> id = backend.mutation(NotesApp.add("p", "milk"));
    assertEquals("delta", live.nextFrame().type());
    assertEquals("milk", live.current().get(5).value().text());
    backend.mutation(NotesApp.edit(id, "bread"));
    assertEquals("bread", live.current().get(5).value().text());
    backend.mutation(NotesApp.remove(id));
    assertEquals(5, live.current().size());
    live.expectNothing();
  }

  @Test
  void aClientWithoutDeltasGetsWholeResults() {
    LiveQuery<List<Doc<Note>>> live =
        backend.as("ann").connectWithoutDeltas().subscribe(NotesApp.list("p"));
    backend.mutation(NotesApp.add("p", "milk"));
    assertEquals("data", live.nextFrame().type());
    assertEquals(1, live.current().size());
  }

  @Test
  void writesElsewhereGiveNothingAndEqualOnesOnlySettle() {
    Id<Note> id = backend.mutation(NotesApp.add("p", "milk"));
    LiveQuery<List<Doc<Note>>> live = backend.subscribe(NotesApp.list("p"));
    backend.mutation(NotesApp.add("q", "elsewhere"));
    live.expectNothing();
    backend.mutation(NotesApp.edit(id, "milk"));
    live.expectUnchanged();
    backend.mutation(NotesApp.edit(id, "bread"));
    assertThrows(AssertionError.class, live::expectUnchanged);
    assertThrows(AssertionError.class, live::nextFrame);
    assertThrows(
        AssertionError.class,
        () -> {
          backend.mutation(NotesApp.edit(id, "x"));
          live.expectNothing();
        });
  }

  @Test
  void aLiveQueryOutlivesHibernation() {
    LiveQuery<List<Doc<Note>>> live = backend.subscribe(NotesApp.list("p"));
    backend.hibernate();
    backend.mutation(NotesApp.add("p", "milk"));
    assertEquals(1, live.current().size());
  }

  @Test
  void aRestartCutsSocketsAndAClientResumes() {
    LiveQuery<List<Doc<Note>>> live = backend.subscribe(NotesApp.list("p"));
    backend.mutation(NotesApp.add("p", "milk"));
    assertEquals(1, live.current().size());
    backend.restart();
    assertFalse(live.connection().socket().isOpen());
    live.connection().reconnect();
    assertEquals("resume", live.seed().type());
    assertEquals(1, live.current().size());
    live.connection().disconnect();
    backend.mutation(NotesApp.add("p", "bread"));
    assertEquals(1, live.current().size());
    live.connection().reconnect();
    assertNotEquals("resume", live.seed().type());
    assertEquals(2, live.current().size());
  }

  @Test
  void anEndedSubscriptionHearsNothing() {
    TestConnection connection = backend.connect();
    LiveQuery<List<Doc<Note>>> ended = connection.subscribe(NotesApp.list("p"));
    LiveQuery<List<Doc<Note>>> kept = connection.subscribe(NotesApp.list("p"));
    ended.unsubscribe();
    backend.mutation(NotesApp.add("p", "milk"));
    ended.expectNothing();
    assertEquals(1, kept.current().size());
  }
}
