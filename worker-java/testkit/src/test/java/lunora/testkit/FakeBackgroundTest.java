package lunora.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import lunora.host.remote.Background;
import lunora.host.remote.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Background tasks on the test's clock. */
class FakeBackgroundTest {

  private final FakeShardHost host = FakeShardHost.inMemory("s");
  private final FakeBackground background = host.background();
  private final FakeClock clock = host.clock();
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void close() {
    host.close();
  }

  private void start(Runnable work) {
    background.start(
        new Background.Task() {
          @Override
          public void run() {
            work.run();
          }

          @Override
          public void failed(Throwable failure) {
            log.add("failed: " + failure.getMessage());
          }
        });
  }

  private void note(String what) {
    log.add(what + " " + (clock.nowMs() - FakeClock.START_MS));
  }

  @Test
  void tasksTakeTurnsInTheOrderOfTheClock() {
    for (int every : List.of(20, 30)) {
      Timer timer = background.timer();
      start(
          () -> {
            for (int i = 0; i < 3; i++) {
              note("every " + every);
              host.deferred().afterResponse(() -> note("after " + every));
              timer.sleep(every);
            }
          });
    }
    assertEquals(List.of(), log);
    background.afterEvent();
    clock.advance(45);
    assertEquals(
        List.of(
            "every 20 0",
            "after 20 0",
            "every 30 0",
            "after 30 0",
            "every 20 20",
            "after 20 20",
            "every 30 30",
            "after 30 30",
            "every 20 40",
            "after 20 40"),
        log);
    // A clock that is put right moves no timer.
    clock.set(FakeClock.START_MS);
    clock.advance(14);
    assertEquals(10, log.size());
    clock.advance(100);
    assertEquals(0, background.running());
  }

  @Test
  void aSleepThatIsEndedIsOver() {
    Timer timer = background.timer();
    timer.wake();
    start(
        () -> {
          timer.sleep(1000);
          note("awake");
          timer.sleep(1000);
          note("done");
        });
    background.afterEvent();
    clock.advance(10);
    timer.wake();
    timer.wake();
    background.afterEvent();
    assertEquals(List.of("awake 10"), log);
    clock.advance(999);
    assertEquals(1, log.size());
    clock.advance(1);
    assertEquals(List.of("awake 10", "done 1010"), log);
  }

  @Test
  void onlyATaskMayWait() {
    assertThrows(IllegalStateException.class, () -> background.timer().sleep(0));
  }

  @Test
  void whatATaskThrowsItIsTold() {
    start(
        () -> {
          background.timer().sleep(0);
          throw new IllegalStateException("broken");
        });
    background.afterEvent();
    assertEquals(List.of("failed: broken"), log);
    assertEquals(0, background.running());
  }

  @Test
  void aTaskWhoseShardIsGoneHearsNothing() {
    start(
        () -> {
          try {
            background.timer().sleep(1000);
          } catch (RuntimeException e) {
            note("caught");
          }
          note("went on");
        });
    start(() -> note("never began"));
    background.afterEvent();
    log.clear();
    background.forget();
    clock.advance(5000);
    assertEquals(List.of(), log);
    assertEquals(0, background.running());
  }
}
