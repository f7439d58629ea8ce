package lunora.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import lunora.error.LunoraException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams in the harness. */
class TestStreamTest {

  private final TestBackend backend = TestBackend.of(NotesApp.module());

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aStreamGoesOnAsTheClockIsAdvanced() {
    TestStream<Integer> ticks = backend.stream(NotesApp.ticks(4));
    assertEquals(1, ticks.next());
    assertThrows(AssertionError.class, ticks::next);
    backend.clock().advance(2500);
    assertEquals(List.of(2, 3), ticks.received());
    assertEquals(List.of(), ticks.received());
    assertFalse(ticks.isComplete());
    backend.clock().advance(1500);
    assertEquals(4, ticks.next());
    assertTrue(ticks.isComplete());
  }

  @Test
  void aCancelledStreamSaysNothingMore() {
    TestConnection connection = backend.connect();
    TestStream<Integer> cancelled = connection.stream(NotesApp.ticks(4));
    TestStream<Integer> other = connection.stream(NotesApp.ticks(2));
    cancelled.cancel();
    backend.clock().advance(9000);
    assertEquals(List.of(1), cancelled.received());
    assertFalse(cancelled.isComplete());
    assertEquals(List.of(1, 2), other.received());
    backend.hibernate();
  }

  @Test
  void aFailureIsThrownAfterWhatCameBeforeIt() {
    TestStream<Integer> ticks = backend.stream(NotesApp.ticks(10));
    backend.clock().advance(20_000);
    assertEquals(10, ticks.received().size());
    LunoraException error = assertThrows(LunoraException.class, ticks::received);
    assertEquals("CONFLICT", error.code());
    assertThrows(IllegalArgumentException.class, () -> backend.query(NotesApp.ticks(1)));
    assertThrows(IllegalArgumentException.class, () -> backend.stream(NotesApp.fetch("/")));
  }

  @Test
  void aDurableStreamIsReadOnByTheSameUser() {
    TestStream<Integer> ticks = backend.as("ann").stream(NotesApp.durableTicks(4));
    assertEquals(1, ticks.next());
    assertThrows(IllegalStateException.class, backend::hibernate);
    ticks.connection().disconnect();
    backend.clock().advance(2500);
    assertEquals(List.of(), ticks.received());
    ticks.connection().reconnect();
    assertEquals(List.of(2, 3), ticks.received());
    backend.clock().advance(9000);
    assertEquals(List.of(4), ticks.received());
    assertTrue(ticks.isComplete());
  }

  @Test
  void aDurableStreamThatLostItsProducerIsInterrupted() {
    TestStream<Integer> ticks = backend.as("ann").stream(NotesApp.durableTicks(4));
    backend.clock().advance(1000);
    assertEquals(1, ticks.next());
    backend.evict();
    backend.clock().advance(9000);
    ticks.connection().reconnect();
    assertEquals(2, ticks.next());
    LunoraException error = assertThrows(LunoraException.class, ticks::next);
    assertEquals("STREAM_INTERRUPTED", error.code());
  }
}
