package lunora.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one order in which calls of a cell could have run one at a time, each between its start
 * and its end, with the answers they gave (after Wing and Gong, as Porcupine does). A call that was
 * never answered may have run at any time after its start, or not at all.
 */
final class OrderSearch {

  private static final int TRIES_MAX = 200_000;

  /**
   * One call.
   *
   * @param until when it was answered, {@link Integer#MAX_VALUE} if never
   * @param append what it appends, null for a read
   * @param result what it answered, null when that is not known
   */
  record Call(int from, int until, @Nullable String append, @Nullable String result) {

    boolean isOpen() {
      return until == Integer.MAX_VALUE;
    }
  }

  private record Place(BitSet done, String log) {}

  private final List<Call> calls;
  private final Set<Place> visited = new HashSet<>();
  private int tries;

  private OrderSearch(List<Call> calls) {
    this.calls = new ArrayList<>(calls);
    this.calls.removeIf(call -> call.isOpen() && call.append() == null);
    this.calls.sort(Comparator.comparingInt(Call::until).thenComparingInt(Call::from));
  }

  /** Whether there is such an order from a log on. */
  static boolean exists(String log, List<Call> calls) {
    OrderSearch search = new OrderSearch(calls);
    return search.from(new BitSet(), log);
  }

  /** Whether everything that is still to be told begins with what the cell holds. */
  private boolean leadsOn(BitSet done, String log) {
    for (int i = done.nextClearBit(0); i < calls.size(); i = done.nextClearBit(i + 1)) {
      String result = calls.get(i).isOpen() ? null : calls.get(i).result();
      if (result != null && !result.startsWith(log)) {
        return false;
      }
    }
    return true;
  }

  private boolean from(BitSet done, String log) {
    int next = done.nextClearBit(0);
    if (next >= calls.size() || calls.get(next).isOpen()) {
      return true;
    }
    if (!leadsOn(done, log) || !visited.add(new Place(done, log))) {
      return false;
    }
    if (++tries > TRIES_MAX) {
      throw new IllegalStateException(
          "no order found in " + TRIES_MAX + " tries, and none ruled out");
    }
    // Sorted by end: nothing may run after the end of the first that has not run.
    int end = calls.get(next).until();
    for (int i = next; i < calls.size(); i++) {
      Call call = calls.get(i);
      if (!done.get(i) && call.from() <= end) {
        String after = call.append() == null ? log : log + call.append();
        if (call.result() == null || call.result().equals(after)) {
          BitSet with = (BitSet) done.clone();
          with.set(i);
          if (from(with, after)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
