package lunora.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import lunora.error.LunoraException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A random life of files in which calls fail and invocations die anywhere: no file that something
 * names is ever lost, and in the end every other one is gone.
 */
class SweepFaultsTest {

  private static final int STEPS = 300;

  /** An invocation that ends in the middle: nothing after it runs. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  private final SweepWorld world = new SweepWorld();
  private final Map<String, String> urls = new HashMap<>();

  /** Uploaded, answered for, and not removed. */
  private final Set<String> live = new TreeSet<>();

  /** Of these nobody was told whether they came. */
  private final Set<String> unsure = new TreeSet<>();

  private final List<String> orphans = new ArrayList<>();
  private Random random = new Random(0);
  private int keys;

  /** Gives whether it came to its end. */
  private boolean tried(SweepWorld.Event call) {
    try {
      call.happen();
      return true;
    } catch (Death | LunoraException | IllegalStateException e) {
      return false;
    } finally {
      world.callsUntil = -1;
    }
  }

  private void faults() {
    world.callsUntil = random.nextInt(4) == 0 ? random.nextInt(14) : -1;
    world.afterCall = random.nextBoolean();
    switch (random.nextInt(3)) {
      case 0 ->
          world.event =
              () -> {
                throw new Death();
              };
      case 1 ->
          world.event =
              () -> {
                throw new IllegalStateException("a call fails");
              };
      default -> world.event = this::intruder;
    }
  }

  /** Somebody uploads under the key of an orphan, in the middle of something else. */
  private void intruder() {
    if (!orphans.isEmpty()) {
      announceAndUpload(orphans.get(random.nextInt(orphans.size())));
    }
  }

  private void announceAndUpload(String key) {
    boolean[] stored = {false};
    boolean announced = tried(() -> urls.put(key, world.announce(key, 60)));
    if (announced) {
      orphans.remove(key);
      unsure.add(key);
      tried(() -> stored[0] = world.upload(urls.getOrDefault(key, "")));
    }
    if (stored[0]) {
      live.add(key);
    }
  }

  private void remove(String key) {
    live.remove(key);
    unsure.remove(key);
    faults();
    // The outbox delivers until it succeeds.
    while (!tried(() -> world.remove(key))) {
      world.callsUntil = -1;
    }
    if (random.nextBoolean()) {
      // It comes after its removal.
      tried(() -> world.upload(urls.getOrDefault(key, "")));
    }
  }

  private void step() {
    String fresh = "k" + keys++;
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        faults();
        announceAndUpload(fresh);
      }
      case 2 -> {
        world.put(fresh);
        orphans.add(fresh);
      }
      case 3 -> {
        world.put(fresh);
        world.referenced.add(fresh);
      }
      case 4 -> {
        if (!live.isEmpty()) {
          remove(live.iterator().next());
        }
      }
      case 5 -> world.clock.advance(random.nextInt((int) (12 * SweepWorld.HOUR_MS)));
      default -> {
        faults();
        tried(() -> world.sweep(SweepWorld.SETTINGS.deletesMax(1 + random.nextInt(5))));
      }
    }
  }

  private void assertNothingLost(long seed) {
    Set<String> lost = new TreeSet<>(live);
    lost.addAll(world.referenced);
    lost.removeAll(world.bucket.keys());
    assertTrue(lost.isEmpty(), () -> "lost with seed " + seed + ": " + lost);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void nothingNamedIsLostAndEverythingElseGoes(long seed) {
    random = new Random(seed);
    for (int i = 0; i < STEPS; i++) {
      step();
      assertNothingLost(seed);
    }
    for (int i = 0; i < 100; i++) {
      world.clock.advance(SweepWorld.DAY_MS);
      world.sweep();
      assertNothingLost(seed);
    }
    Set<String> rest = new TreeSet<>(world.bucket.keys());
    rest.removeAll(world.referenced);
    Set<String> rows = new TreeSet<>();
    world.files().forEach(row -> rows.add(row.replace(" stored", "")));
    assertEquals(rows, rest, "each has a row, each row has one");
    rest.removeAll(live);
    rest.removeAll(unsure);
    assertEquals(Set.of(), rest, "orphans are left");
    world.close();
  }
}
