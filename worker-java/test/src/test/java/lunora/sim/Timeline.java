package lunora.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * The states that were committed, by the cursor behind each. The oracle says what a commit should
 * write; the shard's log, read straight from the database, says what it did and with which ids.
 */
final class Timeline {

  /** One row of the shard's log. */
  record Change(long seq, String table, String op, String id, Value.@Nullable Obj doc) {}

  private final NavigableMap<Long, State> states = new TreeMap<>();
  private final Map<Long, Set<String>> written = new LinkedHashMap<>();
  private final Set<String> formerEpochs = new HashSet<>();
  private @Nullable String epoch;
  private boolean epochMayChange;

  Timeline() {
    states.put(0L, State.EMPTY);
  }

  long head() {
    return states.lastKey();
  }

  State now() {
    return states.lastEntry().getValue();
  }

  /** The state at a cursor, or null where no commit ended. */
  @Nullable State at(long cursor) {
    return states.get(cursor);
  }

  /** The cursors after one, up to the head, in order. */
  Iterable<Long> after(long cursor) {
    return states.tailMap(cursor, false).keySet();
  }

  State before(long cursor) {
    return states.lowerEntry(cursor).getValue();
  }

  /** The ids of the rows written by the commit that ended there. */
  Set<String> writtenAt(long cursor) {
    return written.getOrDefault(cursor, Set.of());
  }

  /**
   * Takes in a commit.
   *
   * @return the ids of the rows it inserted, in order
   */
  List<String> commit(List<Truth.Effect> expected, List<Change> changes) {
    State state = now();
    List<String> inserted = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < expected.size(); i++) {
      Change change = changes.get(i);
      Truth.Effect effect = expected.get(i);
      check(effect, change, head() + 1 + i);
      ids.add(change.id());
      if (effect.op().equals("insert")) {
        inserted.add(change.id());
        Rule.ATOMICITY.require(
            state.find(effect.table(), change.id()) == null, () -> "an id twice");
      }
      state =
          change.doc() == null
              ? state.without(effect.table(), change.id())
              : state.with(effect.table(), row(change.id(), change.doc(), effect));
    }
    long head = changes.get(changes.size() - 1).seq();
    states.put(head, state);
    written.put(head, ids);
    return inserted;
  }

  private static void check(Truth.Effect effect, Change change, long seq) {
    boolean fits =
        change.seq() == seq
            && change.table().equals(effect.table())
            && change.op().equals(effect.op())
            && (effect.id() == null || effect.id().equals(change.id()))
            && (change.doc() == null) == effect.op().equals("delete");
    Rule.ATOMICITY.require(
        fits, () -> "expected " + effect + " at " + seq + ", the log has " + change);
  }

  private static Row row(String id, Value.Obj doc, Truth.Effect effect) {
    double createdAt =
        doc.fields().get("_creationTime") instanceof Value.Num time ? time.value() : Double.NaN;
    Row row = new Row(id, createdAt, effect.fields());
    Rule.ATOMICITY.require(
        row.wire().equals(doc), () -> "expected " + row + ", the log has " + doc);
    return row;
  }

  /**
   * The storage went back to an older commit and the epoch it had: a client that proves it makes a
   * new timeline.
   */
  void rolledBackTo(long cursor, @Nullable String itsEpoch) {
    if (epoch != null) {
      formerEpochs.add(epoch);
    }
    epoch = itsEpoch;
    formerEpochs.remove(itsEpoch);
    states.tailMap(cursor, false).clear();
    written.keySet().removeIf(seq -> seq > cursor);
    epochMayChange = true;
  }

  /** Checks the epoch of a frame that was sent just now. */
  void sawEpoch(String named) {
    if (epoch == null) {
      epoch = named;
    }
    if (named.equals(epoch)) {
      return;
    }
    Rule.CURSORS.require(
        epochMayChange, () -> "epoch " + named + " out of nothing, it was " + epoch);
    Rule.CURSORS.require(!formerEpochs.contains(named), () -> "the epoch of an earlier timeline");
    formerEpochs.add(epoch);
    epoch = named;
    epochMayChange = false;
  }

  @Nullable String epoch() {
    return epoch;
  }
}
