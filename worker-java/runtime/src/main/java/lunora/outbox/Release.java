package lunora.outbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.error.ErrorCode;
import lunora.error.LunoraException;
import lunora.host.local.LogSink;
import lunora.host.remote.Background;
import lunora.host.remote.Bindings;

/**
 * Delivers what an {@link Outbox} holds: after each commit, when the shard wakes, and when its
 * alarm goes off. One delivery at a time, beside the shard's other events. An effect that nobody
 * takes is tried again after 1, 2, 4 seconds and so on, at most 10 minutes, and holds up no other.
 */
public final class Release implements Background.Task {

  private final Outbox outbox;
  private final Background background;
  private final LogSink log;
  private final Map<String, Destination> destinations = new HashMap<>();
  private boolean running;

  /** Goes on with what an earlier life of the shard left. */
  public Release(
      Outbox outbox, Background background, LogSink log, List<Destination> destinations) {
    this.outbox = outbox;
    this.background = background;
    this.log = log;
    for (Destination destination : destinations) {
      this.destinations.put(destination.kind(), destination);
    }
    outbox.releasedBy(this::start);
    outbox.resume();
  }

  /** The shard's alarm went off. Never suspends: what is due is delivered beside other events. */
  public void rung() {
    outbox.rung();
    start();
  }

  private void start() {
    outbox.guard();
    if (!running) {
      running = true;
      background.start(this);
    }
  }

  @Override
  public void run() {
    Bindings bindings = background.bindings();
    List<Outbox.Pending> next = outbox.next();
    while (!next.isEmpty()) {
      deliver(next, bindings);
      next = outbox.next();
    }
    running = false;
    outbox.arm();
  }

  @Override
  public void failed(Throwable failure) {
    running = false;
    log.log(LogSink.Level.ERROR, "the outbox broke off", failure);
    outbox.arm();
  }

  private void deliver(List<Outbox.Pending> effects, Bindings bindings) {
    try {
      send(effects, bindings);
    } catch (RuntimeException e) {
      if (effects.size() == 1) {
        refused(effects.get(0), e);
        return;
      }
      // One of them may be what is refused: each by itself, so that it fails alone.
      for (Outbox.Pending effect : effects) {
        deliver(List.of(effect), bindings);
      }
      return;
    }
    outbox.delivered(effects);
  }

  private void send(List<Outbox.Pending> effects, Bindings bindings) {
    String kind = effects.get(0).kind();
    Destination destination = destinations.get(kind);
    if (destination == null) {
      throw new LunoraException(ErrorCode.MISCONFIGURED, "nothing delivers effects of " + kind);
    }
    destination.deliver(effects.stream().map(Outbox.Pending::effect).toList(), bindings);
  }

  private void refused(Outbox.Pending effect, RuntimeException thrown) {
    boolean again = outbox.failed(effect);
    String what = effect.kind() + " " + effect.effect().id();
    if (again) {
      log.log(LogSink.Level.WARN, "not delivered yet: " + what, thrown);
    } else {
      log.log(LogSink.Level.ERROR, "given up: " + what, thrown);
    }
  }
}
