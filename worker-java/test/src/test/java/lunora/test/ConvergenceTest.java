package lunora.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lunora.schema.Doc;
import lunora.schema.Id;
import lunora.test.NotesApp.Note;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of writes, subscriptions, lost frames, reconnects, hibernations and crashes. At
 * rest, what each client has merged is what a fresh query gives.
 *
 * <p>A failure names its seed; {@code -Dlunora.seed=N} plays that history alone.
 */
class ConvergenceTest {

  private static final int HISTORIES = 150;
  private static final int STEPS = 60;
  private static final List<String> PADS = List.of("home", "work", "garden");

  static List<Long> seeds() {
    Long replayed = Long.getLong("lunora.seed");
    if (replayed != null) {
      return List.of(replayed);
    }
    long first = System.nanoTime();
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < HISTORIES; i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyClientEndsWithWhatAFreshQueryGives(long seed) {
    try (History history = new History(seed)) {
      for (int i = 0; i < STEPS; i++) {
        history.step();
      }
      history.expectConvergence();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "replay: mvn -o -pl worker-java/test -am test -Dtest=ConvergenceTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dlunora.seed="
              + seed,
          e);
    }
  }

  private static final class History implements AutoCloseable {

    private final TestBackend backend = TestBackend.of(NotesApp.module());
    private final Random random;
    private final List<Id<Note>> notes = new ArrayList<>();
    private final List<TestConnection> connections = new ArrayList<>();
    private final Map<LiveQuery<List<Doc<Note>>>, String> live = new LinkedHashMap<>();

    History(long seed) {
      random = new Random(seed);
    }

    void step() {
      switch (random.nextInt(14)) {
        case 0, 1, 2, 3 ->
            notes.add(backend.mutation(NotesApp.add(one(PADS), "note " + random.nextInt(100))));
        case 4, 5 -> {
          if (!notes.isEmpty()) {
            backend.mutation(NotesApp.edit(one(notes), "edit " + random.nextInt(3)));
          }
        }
        case 6 -> {
          if (!notes.isEmpty()) {
            backend.mutation(NotesApp.remove(notes.remove(random.nextInt(notes.size()))));
          }
        }
        case 7, 8 -> subscribe();
        case 9 -> {
          if (!connections.isEmpty()) {
            one(connections).disconnect();
          }
        }
        case 10 -> {
          if (!connections.isEmpty()) {
            one(connections).socket().failSends(1 + random.nextInt(2));
          }
        }
        case 11 -> {
          if (!connections.isEmpty()) {
            reconnect(one(connections));
          }
        }
        case 12 -> backend.hibernate();
        default -> crash();
      }
      backend.clock().advance(random.nextInt(3));
    }

    /** A crash at least sometimes: the sockets go, the clients come back one by one or later. */
    private void crash() {
      if (random.nextInt(3) == 0) {
        backend.restart();
        connections.stream().filter(c -> random.nextBoolean()).forEach(this::reconnect);
      }
    }

    private void subscribe() {
      TestConnection connection;
      if (connections.isEmpty() || random.nextInt(3) == 0) {
        TestClient client = backend.as("user" + random.nextInt(2));
        connection = random.nextBoolean() ? client.connect() : client.connectWithoutDeltas();
        connections.add(connection);
      } else {
        connection = one(connections);
        reconnect(connection);
      }
      String pad = one(PADS);
      live.put(connection.subscribe(NotesApp.list(pad)), pad);
    }

    /** A new socket, and no sends that fail. */
    private void reconnect(TestConnection connection) {
      connection.socket().failSends(0);
      connection.reconnect();
    }

    void expectConvergence() {
      for (TestConnection connection : connections) {
        if (connection.socket().isOpen()) {
          connection.socket().failSends(0);
        } else {
          connection.reconnect();
        }
      }
      // A client that lost a frame gets the whole result with the next write that concerns it.
      PADS.forEach(pad -> backend.mutation(NotesApp.add(pad, "last")));
      live.forEach(
          (query, pad) ->
              assertEquals(texts(backend.query(NotesApp.list(pad))), texts(query.current()), pad));
    }

    private static List<String> texts(List<Doc<Note>> docs) {
      return docs.stream().map(doc -> doc.json().toString()).toList();
    }

    private <T> T one(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}
