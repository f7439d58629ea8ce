package lunora.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import lunora.error.LunoraException;
import lunora.schema.Id;
import lunora.test.LiveQuery;
import lunora.test.PolicyCheck;
import lunora.test.TestBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotesTest {

  private final TestBackend backend = TestBackend.of(ChatModule.create());

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aNoteIsItsOwnersAlone() {
    PolicyCheck policies = PolicyCheck.of(ChatModule.create());
    Note anns = new Note("ann", "psst", Optional.empty());
    assertTrue(policies.as("ann").reads(NoteTable.TABLE, anns));
    assertTrue(policies.as("ann").writes(NoteTable.TABLE, anns));
    assertFalse(policies.as("bob").reads(NoteTable.TABLE, anns));
    assertFalse(policies.as("bob").writes(NoteTable.TABLE, anns));
    assertEquals(
        "UNAUTHENTICATED",
        assertThrows(LunoraException.class, () -> policies.reads(NoteTable.TABLE, anns)).code());
  }

  @Test
  void othersNotesDoNotExist() {
    Id<Note> anns = backend.as("ann").mutation(NotesFunctions.add("psst"));
    assertEquals(1, backend.as("ann").query(NotesFunctions.count()));
    assertEquals(0, backend.as("bob").query(NotesFunctions.count()));
    assertTrue(backend.as("bob").query(NotesFunctions.get(anns)).isEmpty());
    assertEquals(
        "NOT_FOUND",
        assertThrows(
                LunoraException.class,
                () -> backend.as("bob").mutation(NotesFunctions.edit(anns, "mine now")))
            .code());
    assertEquals(
        "FORBIDDEN",
        assertThrows(
                LunoraException.class,
                () -> backend.as("ann").mutation(NotesFunctions.give(anns, "bob")))
            .code());
    assertEquals("psst", backend.as("ann").query(NotesFunctions.mine()).get(0).value().text());
  }

  @Test
  void aLiveCountIsEverybodysOwn() {
    LiveQuery<Integer> anns = backend.as("ann").subscribe(NotesFunctions.count());
    LiveQuery<Integer> bobs = backend.as("bob").subscribe(NotesFunctions.count());
    backend.as("ann").mutation(NotesFunctions.add("one"));
    assertEquals(1, anns.current());
    bobs.expectNothing();
    assertEquals(0, bobs.current());
  }
}
