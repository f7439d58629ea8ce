package lunora.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything a run of a query depended on: rows by id, stretches of indexes, and the facts around
 * the call. A live query is re-run when a write touches its read set.
 */
public final class ReadSet {

  /** A fact that is not a row. */
  public enum Ambient {
    /** Who was calling: the result is that caller's own. */
    IDENTITY,
    /** The time: the result is stale as soon as it is made, and is never resumed. */
    CLOCK,
    /** Chance: as with the time. */
    RANDOM
  }

  private final Set<IdRead> ids = new LinkedHashSet<>();
  private final List<RangeRead<?>> ranges = new ArrayList<>();
  private final Set<Ambient> ambient = new LinkedHashSet<>();

  public void add(IdRead read) {
    ids.add(read);
  }

  public void add(RangeRead<?> read) {
    ranges.add(read);
  }

  public void add(Ambient fact) {
    ambient.add(fact);
  }

  public Set<IdRead> ids() {
    return ids;
  }

  public List<RangeRead<?>> ranges() {
    return ranges;
  }

  public boolean dependsOn(Ambient fact) {
    return ambient.contains(fact);
  }

  /** The same run from the same rows would give the same result for any later time. */
  public boolean isRepeatable() {
    return !dependsOn(Ambient.CLOCK) && !dependsOn(Ambient.RANDOM);
  }

  /** Whether both read the same rows and ranges, wherever limited readings stopped. */
  public boolean sameScope(ReadSet other) {
    if (!ids.equals(other.ids)
        || !ambient.equals(other.ambient)
        || ranges.size() != other.ranges.size()) {
      return false;
    }
    for (int i = 0; i < ranges.size(); i++) {
      if (!ranges.get(i).sameScope(other.ranges.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The names of the tables read. */
  public Set<String> tables() {
    Set<String> tables = new LinkedHashSet<>();
    for (IdRead read : ids) {
      tables.add(read.table());
    }
    for (RangeRead<?> read : ranges) {
      tables.add(read.table().name());
    }
    return tables;
  }
}
