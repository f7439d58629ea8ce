package lunora.stream;

import java.util.ArrayList;
import java.util.List;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/** One run of a durable stream, going on or over, and those who follow it. */
final class Run {

  private final long number;
  private final RunKey key;
  private final long generation;
  private final List<Follower> followers = new ArrayList<>();
  private long last;
  private long units;
  private @Nullable Ending ending;
  private boolean discarded;

  /**
   * A run as it is stored.
   *
   * @param number its number in the store
   * @param generation when it was started, in milliseconds since the Unix epoch; its name on the
   *     wire
   * @param last the number of its last chunk, 0 before the first
   * @param units the length of all its chunks
   * @param ending how it ended, null while it goes on
   */
  Run(long number, RunKey key, long generation, long last, long units, @Nullable Ending ending) {
    this.number = number;
    this.key = key;
    this.generation = generation;
    this.last = last;
    this.units = units;
    this.ending = ending;
  }

  long number() {
    return number;
  }

  RunKey key() {
    return key;
  }

  long generation() {
    return generation;
  }

  long last() {
    return last;
  }

  long units() {
    return units;
  }

  @Nullable Ending ending() {
    return ending;
  }

  /** Whether its chunks were thrown away for those of a newer run. */
  boolean isDiscarded() {
    return discarded;
  }

  void discard() {
    discarded = true;
  }

  void follow(Follower follower) {
    followers.add(follower);
  }

  boolean isFollowed() {
    followers.removeIf(follower -> !follower.isOpen());
    return !followers.isEmpty();
  }

  /** A chunk was stored: its number is the next. */
  void stored(long chunkUnits) {
    last++;
    units += chunkUnits;
  }

  /** Hands the last chunk on to those who have all before it. */
  void tell(JsonText chunkTail) {
    if (isFollowed()) {
      for (Follower follower : List.copyOf(followers)) {
        follower.chunk(chunkTail);
      }
    }
  }

  void ended(Ending how) {
    ending = how;
    for (Follower follower : List.copyOf(followers)) {
      follower.ended();
    }
  }
}
