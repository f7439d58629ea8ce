package lunora.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lunora.wire.Value.BigInt;
import lunora.wire.Value.Bool;
import lunora.wire.Value.Entry;
import lunora.wire.Value.Null;
import lunora.wire.Value.Num;
import lunora.wire.Value.Str;
import lunora.wire.Value.Undefined;

/**
 * The equality of JavaScript's {@code Map} keys and {@code Set} members: scalars by value, with NaN
 * equal to itself and both zeros the same; everything else by identity, so never equal here, where
 * each element was decoded on its own.
 */
final class SameValueZero {

  private SameValueZero() {}

  /** One entry per key: the last value, at the first position. */
  static List<Entry> collapseEntries(List<Entry> entries) {
    List<Entry> kept = new ArrayList<>(entries.size());
    Map<Value, Integer> positions = new HashMap<>();
    for (Entry entry : entries) {
      Value key = withoutSignOfZero(entry.key());
      Entry normal = key == entry.key() ? entry : new Entry(key, entry.value());
      Integer seen = isScalar(key) ? positions.putIfAbsent(key, kept.size()) : null;
      if (seen == null) {
        kept.add(normal);
      } else {
        kept.set(seen, normal);
      }
    }
    return kept;
  }

  /** One member per scalar, the first. */
  static List<Value> collapseMembers(List<Value> members) {
    List<Value> kept = new ArrayList<>(members.size());
    Set<Value> seen = new HashSet<>();
    for (Value member : members) {
      Value normal = withoutSignOfZero(member);
      if (!isScalar(normal) || seen.add(normal)) {
        kept.add(normal);
      }
    }
    return kept;
  }

  /**
   * JavaScript stores a zero key without its sign; then the records' own equality is the right one.
   */
  private static Value withoutSignOfZero(Value value) {
    return value instanceof Num n && n.value() == 0 ? new Num(0) : value;
  }

  private static boolean isScalar(Value value) {
    return value instanceof Str
        || value instanceof Num
        || value instanceof Bool
        || value instanceof Null
        || value instanceof Undefined
        || value instanceof BigInt;
  }
}
