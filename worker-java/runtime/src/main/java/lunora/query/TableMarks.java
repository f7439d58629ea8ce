package lunora.query;

import java.util.ArrayList;
import java.util.List;
import lunora.store.TableStore;

/**
 * The tables that a run of a query read, and how often each had been written until then. As long as
 * none was written since, another run gives the same; a run that asked for the caller, the time or
 * chance, or that writes to the log, is never the same.
 *
 * <p>Coarser than a {@link ReadSet} and nearly free: it says when an answer <em>may</em> be stale.
 */
public final class TableMarks {

  /** How a table stood. */
  private record Mark(TableStore<?> store, int writes) {}

  private final List<Mark> marks = new ArrayList<>(1);
  private boolean spoiled;

  /** The run reads the table: to be called before it does. */
  void add(TableStore<?> store) {
    marks.add(new Mark(store, store.writes()));
  }

  /** The run is not to be taken for another. */
  void spoil() {
    spoiled = true;
  }

  /** Whether another run would still give what this one gave. */
  public boolean hold() {
    if (spoiled) {
      return false;
    }
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      if (mark.store().writes() != mark.writes()) {
        return false;
      }
    }
    return true;
  }
}
