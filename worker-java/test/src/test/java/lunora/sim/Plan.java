package lunora.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The steps of one history, all of them decided by the seed. A step draws what it needs from dice
 * of its own, so that leaving out others changes little: that is what makes histories short.
 */
record Plan(long seed, List<Step> steps) {

  private static final int OPERATIONS = 205;
  private static final int FAULTS = 24;
  private static final int LATER_STEPS = 15;

  /** The weight of what came to histories later: their first steps stay what they were. */
  private static final int LATER = -1;

  private static final List<Kind> EARLY_KINDS =
      Arrays.stream(Kind.values()).filter(kind -> kind.compareTo(Kind.TRIM) <= 0).toList();

  private static final List<Kind> LATER_KINDS = List.of(Kind.STREAM, Kind.READ_ON, Kind.STALL);

  /** What a step does. */
  enum Kind {
    WRITE(10),
    APPEND(6),
    PUSH(3),
    BATCH(2),
    READ(4),
    DELIVER(18),
    RETRY(2),
    SUBSCRIBE(6),
    UNSUBSCRIBE(1),
    UP(14),
    DOWN(12),
    WORK(8),
    WHISPER(2),
    KEEP(3),
    DROP(1),
    BACKUP(1),
    CONNECT(6),

    DUPLICATE,
    LOSE,
    LOSE_ANSWER,
    GARBLE_FRAMES,
    CUT,
    GHOST,
    FAIL_SENDS,
    HIBERNATE,
    CRASH,
    DIE_LATER,
    ROLL_BACK,
    CLOCK,
    TRIM,

    STREAM(LATER),
    READ_ON(LATER),
    STALL;

    private final int weight;

    Kind() {
      this(0);
    }

    Kind(int weight) {
      this.weight = weight;
    }

    boolean isFault() {
      return weight == 0;
    }
  }

  /** One step and what its own choices come from. */
  record Step(Kind kind, long dice) {}

  static Plan of(long seed) {
    List<Step> steps = new ArrayList<>(early(seed).steps());
    SplittableRandom random = new SplittableRandom(~seed);
    for (int i = 0; i < LATER_STEPS; i++) {
      Kind kind = LATER_KINDS.get(random.nextInt(LATER_KINDS.size()));
      steps.add(10 + random.nextInt(steps.size() - 10), new Step(kind, random.nextLong()));
    }
    return new Plan(seed, steps);
  }

  /** The history of a seed without streams and slow clients. */
  static Plan early(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Kind> operations = new ArrayList<>();
    List<Kind> faults = new ArrayList<>();
    for (Kind kind : EARLY_KINDS) {
      // Some histories have much of one thing and nothing of another: that goes deeper than a mean.
      int weight = kind.isFault() ? random.nextInt(4) : kind.weight;
      for (int i = 0; i < weight; i++) {
        (kind.isFault() ? faults : operations).add(kind);
      }
    }
    if (faults.isEmpty()) {
      faults.add(Kind.CRASH);
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      steps.add(new Step(operations.get(random.nextInt(operations.size())), random.nextLong()));
    }
    for (int i = 0; i < FAULTS; i++) {
      Step fault = new Step(faults.get(random.nextInt(faults.size())), random.nextLong());
      steps.add(10 + random.nextInt(steps.size() - 10), fault);
    }
    return new Plan(seed, steps);
  }

  /** The same history with these steps only. */
  Plan only(List<Integer> numbers) {
    List<Step> kept = new ArrayList<>();
    for (int number : numbers) {
      kept.add(steps.get(number));
    }
    return new Plan(seed, kept);
  }
}
