package lunora.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import lunora.error.LunoraException;
import lunora.test.TestBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs of a whole backend: what a mutation schedules happens once, whatever breaks. */
class JobsTest {

  private final TestBackend backend = TestBackend.of(ChatModule.create());

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void aJobRunsWhenItIsDue() {
    later("a", 1_000, 0);

    backend.advance(999);
    assertEquals(0, count("a"));
    backend.advance(1);
    assertEquals(1, count("a"));
    backend.advance(86_400_000);
    assertEquals(1, count("a"));
  }

  @Test
  void aJobThatFailsAtFirstAddsOnce() {
    later("a", 0, 3);

    backend.advance(30_000 + 60_000 + 120_000 - 1);
    assertEquals(0, count("a"));
    backend.advance(1);
    assertEquals(1, count("a"));
  }

  @Test
  void aCancelledJobDoesNotRun() {
    String id = later("a", 1_000, 0);

    assertTrue(backend.action(JobsFunctions.cancel(id)));
    assertFalse(backend.action(JobsFunctions.cancel(id)));
    assertFalse(backend.action(JobsFunctions.cancel("nobody's")));
    backend.advance(60_000);

    assertEquals(0, count("a"));
  }

  @Test
  void aDelayThatIsNoneIsRefused() {
    LunoraException refusal = assertThrows(LunoraException.class, () -> later("a", -1, 0));
    assertEquals("INVALID_INPUT", refusal.code());
  }

  @Test
  void clientsCannotRunTheJobThemselves() {
    String answer =
        backend
            .rpc("{\"functionPath\":\"jobs:run\",\"args\":{\"key\":\"a\",\"failTimes\":0}}")
            .body();
    assertTrue(answer.contains("FUNCTION_NOT_FOUND"), answer);
  }

  @Test
  void everyJobAddsOnceThroughAnyRestarts() {
    for (int seed = 0; seed < 20; seed++) {
      try (TestBackend any = TestBackend.of(ChatModule.create())) {
        Random random = new Random(seed);
        int asked = 0;
        for (int step = 0; step < 40; step++) {
          switch (random.nextInt(4)) {
            case 0 -> any.restart();
            case 1 -> any.advance(random.nextInt(20_000));
            default -> {
              int failTimes = random.nextInt(3);
              any.mutation(
                  JobsFunctions.later("a", random.nextInt(30_000), Optional.of(failTimes)));
              asked++;
            }
          }
        }
        any.advance(86_400_000);
        assertEquals(asked, any.query(CountersFunctions.get("a")), "seed " + seed);
      }
    }
  }

  private String later(String key, double delayMs, int failTimes) {
    return backend.mutation(JobsFunctions.later(key, delayMs, Optional.of(failTimes)));
  }

  private int count(String key) {
    return backend.query(CountersFunctions.get(key));
  }
}
