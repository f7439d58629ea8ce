package lunora.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lunora.host.remote.Background;
import lunora.host.remote.Bindings;
import lunora.host.remote.HttpFetcher;
import lunora.host.remote.OwnWorker;
import lunora.host.remote.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Background tasks as on the platform: each in a thread of its own, of which only one runs at a
 * time, until it waits. A task begins after the event that started it, and goes on when the test
 * advances the clock; after each of its turns deferred work runs, as after any event.
 */
public final class FakeBackground implements Background {

  private static final int TURNS_MAX = 1_000_000;

  private final FakeClock clock;
  private final HttpFetcher fetcher;
  private final FakeDeferred deferred;
  private final FakeBindings bindings;
  private final Set<FakeFiber> alive = new LinkedHashSet<>();
  private final Deque<FakeFiber> ready = new ArrayDeque<>();
  private @Nullable FakeFiber current;

  FakeBackground(
      FakeClock clock, HttpFetcher fetcher, FakeDeferred deferred, FakeBindings bindings) {
    this.clock = clock;
    this.fetcher = fetcher;
    this.deferred = deferred;
    this.bindings = bindings;
  }

  @Override
  public void start(Task task) {
    FakeFiber fiber = new FakeFiber(task);
    alive.add(fiber);
    ready.add(fiber);
  }

  @Override
  public Timer timer() {
    return new FakeTimer();
  }

  @Override
  public HttpFetcher fetcher() {
    return fetcher;
  }

  @Override
  public Bindings bindings() {
    return bindings;
  }

  @Override
  public OwnWorker worker() {
    return bindings.worker();
  }

  /** The tasks that have not ended. */
  public int running() {
    return alive.size();
  }

  /** Deferred work, then every task that does not wait for the clock, until all wait. */
  void afterEvent() {
    deferred.afterEvent();
    if (current != null) {
      // Called by a task itself: whoever let it run goes on with the others.
      return;
    }
    for (int turns = 0; !ready.isEmpty(); turns++) {
      if (turns == TURNS_MAX) {
        throw new IllegalStateException("background tasks never wait: " + turns + " turns");
      }
      turn(ready.remove());
      deferred.afterEvent();
    }
  }

  private void turn(FakeFiber fiber) {
    current = fiber;
    try {
      fiber.proceed();
    } finally {
      current = null;
      if (fiber.isOver()) {
        alive.remove(fiber);
      }
    }
  }

  /** All tasks end where they are, and none hears of it. */
  void forget() {
    ready.clear();
    for (FakeFiber fiber : List.copyOf(alive)) {
      fiber.stop();
    }
    alive.clear();
  }

  /** Waits on the test's clock. */
  private final class FakeTimer implements Timer {

    private @Nullable FakeFiber sleeping;
    private FakeClock.@Nullable Alarm alarm;

    @Override
    public void sleep(long ms) {
      FakeFiber fiber = current;
      if (fiber == null || !fiber.isCurrent()) {
        throw new IllegalStateException("only a background task may wait");
      }
      if (ms == 0) {
        ready.add(fiber);
        fiber.park();
        return;
      }
      sleeping = fiber;
      alarm =
          clock.after(
              ms,
              () -> {
                wake();
                afterEvent();
              });
      fiber.park();
    }

    @Override
    public void wake() {
      FakeFiber fiber = sleeping;
      FakeClock.Alarm set = alarm;
      if (fiber != null && set != null) {
        clock.cancel(set);
        sleeping = null;
        if (alive.contains(fiber)) {
          ready.add(fiber);
        }
      }
    }
  }
}
