package lunora.fanout;

import java.util.ArrayList;
import java.util.List;
import lunora.wire.Value;

/** Merges of lists. What is no list is left out. */
final class Lists {

  private Lists() {}

  private record Ranked(Value item, double by) {}

  /** All items, shard after shard. */
  static Value concat(List<Value> answers) {
    return new Value.Arr(items(answers));
  }

  /**
   * The first {@code count} items by a field that is a number; without it an item is the smallest.
   * Equal ones stay in the order of their shards.
   */
  static Value top(List<Value> answers, double count, String by, boolean ascending) {
    List<Ranked> ranked = new ArrayList<>();
    for (Value item : items(answers)) {
      double key =
          item instanceof Value.Obj object ? Numbers.read(object.fields().get(by)) : Double.NaN;
      ranked.add(new Ranked(item, Double.isNaN(key) ? Double.NEGATIVE_INFINITY : key));
    }
    ranked.sort(
        ascending ? (a, b) -> Double.compare(a.by, b.by) : (a, b) -> Double.compare(b.by, a.by));
    int size = (int) Math.min(count, ranked.size());
    List<Value> top = new ArrayList<>(size);
    for (Ranked each : ranked.subList(0, size)) {
      top.add(each.item());
    }
    return new Value.Arr(top);
  }

  private static List<Value> items(List<Value> answers) {
    List<Value> items = new ArrayList<>();
    for (Value answer : answers) {
      if (answer instanceof Value.Arr list) {
        items.addAll(list.items());
      }
    }
    return items;
  }
}
