package lunora.sim;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How often something happened: a checker is worth what its histories get to see. */
final class Sightings {

  /** What a thousand histories have to contain. */
  static final Set<String> WANTED =
      Set.of(
          "data",
          "delta",
          "settled",
          "resume",
          "error",
          "whisper",
          "pokeEnd",
          "chunk",
          "complete",
          "interrupted",
          "slow consumer",
          "new epoch",
          "repeated",
          "died before the commit",
          "died after the commit");

  private final Map<String, Integer> counts = new TreeMap<>();

  void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  synchronized void addAll(Sightings others) {
    others.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
  }

  int count(String what) {
    return counts.getOrDefault(what, 0);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
