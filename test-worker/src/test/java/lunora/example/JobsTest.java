package lunora.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lunora.error.LunoraException;
import lunora.host.edge.CronTask;
import lunora.host.remote.OutgoingMessage;
import lunora.test.TestBackend;
import lunora.testkit.FakeMessageQueue;
import lunora.testkit.FakeQueueBatch;
import lunora.wire.JsonText;
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

  @Test
  void aMessageAddsOnceHoweverOftenItComes() {
    FakeMessageQueue queue = backend.bindQueue("JOBS", "lunora-jobs", 5);
    backend.mutation(JobsFunctions.enqueue("a", Optional.empty()));
    assertThrows(
        LunoraException.class,
        () -> backend.mutation(JobsFunctions.enqueue("a", Optional.of(true))));
    assertEquals(1, queue.size());

    FakeQueueBatch twice = queue.next(10);
    queue.settle(twice, true);
    backend.deliver(queue);
    queue.settle(twice, true);
    backend.deliver(queue);

    assertEquals(1, count("a"));
    assertEquals(0, queue.size());
  }

  @Test
  void aPoisonMessageBecomesADeadLetterAndTheOthersAreTaken() {
    FakeMessageQueue queue = backend.bindQueue("JOBS", "lunora-jobs", 5);
    backend.mutation(CountersFunctions.add("full", Integer.MAX_VALUE));
    backend.mutation(JobsFunctions.enqueue("full", Optional.empty()));
    for (int i = 0; i < 10; i++) {
      backend.mutation(JobsFunctions.enqueue("a", Optional.empty()));
    }

    backend.deliver(queue);
    assertEquals(10, count("a"));
    assertEquals(1, queue.size());
    for (int retry = 1; retry <= 5; retry++) {
      backend.deliver(queue);
      assertEquals(1, queue.size(), "it waits");
      backend.advance(300_000);
      backend.deliver(queue);
    }

    assertEquals(1, queue.deadLetters().size());
    assertEquals(0, queue.size());
    assertEquals(Integer.MAX_VALUE, count("full"));
    assertEquals(10, count("a"));
  }

  @Test
  void aQueueThatIsDownGetsItsMessagesLater() {
    backend.mutation(JobsFunctions.enqueue("a", Optional.empty()));
    backend.advance(10_000);
    FakeMessageQueue queue = backend.bindQueue("JOBS", "lunora-jobs", 5);
    backend.restart();
    backend.advance(600_000);
    backend.deliver(queue);

    assertEquals(1, count("a"));
    assertEquals(1, queue.sent());
  }

  @Test
  void aMessageOfAnybodyElseIsTakenAsItIs() {
    FakeMessageQueue queue = backend.bindQueue("JOBS", "lunora-jobs", 5);
    queue.send(OutgoingMessage.of(JsonText.of("\"a\"")));
    queue.send(OutgoingMessage.of(JsonText.of("{\"no\":\"key\"}")));

    backend.deliver(queue);

    assertEquals(1, count("a"));
    assertEquals(1, queue.size());
  }

  @Test
  void aCronTriggerMakesOneJobOfEachTime() {
    backend.fire("0 4 * * *");
    backend.fire("0 4 * * *");
    backend.advance(0);
    assertEquals(1, count("nights"));
    backend.advance(86_400_000);
    backend.fire("0 4 * * *");
    backend.fire("5 5 * * *");
    backend.advance(1_000);
    assertEquals(2, count("nights"));
  }

  @Test
  void aFailedTickIsTriedAgain() {
    backend.mutation(CountersFunctions.add("nights", Integer.MAX_VALUE));
    backend.fire("0 4 * * *");
    backend.advance(1_000);
    backend.mutation(CountersFunctions.add("nights", -1));

    backend.advance(30_000);

    assertEquals(Integer.MAX_VALUE, count("nights"));
  }

  @Test
  void aTaskOfTheWorkersThatFailsIsRunAgain() {
    List<Long> runs = new ArrayList<>();
    CronTask task =
        (event, host) -> {
          runs.add(host.clock().nowMs());
          if (runs.size() < 3) {
            throw new IllegalStateException("not yet");
          }
        };
    try (TestBackend other =
        TestBackend.of(ChatModule.create(), worker -> worker.cron("7 7 * * *", task))) {
      assertThrows(IllegalStateException.class, () -> other.fire("7 7 * * *"));
      long first = other.clock().nowMs();
      other.advance(3_600_000);

      assertEquals(3, runs.size());
      assertEquals(List.of(first + 30_000, first + 90_000), runs.subList(1, 3));
    }
  }

  private String later(String key, double delayMs, int failTimes) {
    return backend.mutation(JobsFunctions.later(key, delayMs, Optional.of(failTimes)));
  }

  private int count(String key) {
    return backend.query(CountersFunctions.get(key));
  }
}
