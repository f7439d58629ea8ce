package lunora.fanout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lunora.wire.StableKey;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;

/** Merges lists of {@code {key, value}}: one for each key, in the order in which keys came up. */
final class Groups {

  private Groups() {}

  /** What becomes of two values of a key. */
  enum Op {
    SUM,
    MAX,
    MIN;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    private double of(double a, double b) {
      return switch (this) {
        case SUM -> a + b;
        case MAX -> Math.max(a, b);
        case MIN -> Math.min(a, b);
      };
    }
  }

  private record Group(Value key, double value) {}

  /** Groups without a key or a finite number are left out. */
  static Value merge(List<Value> answers, Op op) {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (Value answer : answers) {
      if (answer instanceof Value.Arr list) {
        for (Value item : list.items()) {
          add(item, op, groups);
        }
      }
    }
    List<Value> merged = new ArrayList<>();
    for (Group group : groups.values()) {
      Map<String, Value> fields = new LinkedHashMap<>();
      fields.put("key", group.key);
      fields.put("value", WireCodec.encode(new Value.Num(group.value)));
      merged.add(new Value.Obj(fields));
    }
    return new Value.Arr(merged);
  }

  private static void add(Value item, Op op, Map<String, Group> groups) {
    if (!(item instanceof Value.Obj object)) {
      return;
    }
    Value key = object.fields().get("key");
    double number = Numbers.read(object.fields().get("value"));
    if (key == null || !Double.isFinite(number)) {
      return;
    }
    String canonical;
    try {
      // The order of an object's keys does not make it another one.
      canonical = StableKey.of(WireCodec.decode(key));
    } catch (WireFormatException e) {
      return;
    }
    Group known = groups.get(canonical);
    groups.put(
        canonical,
        known == null ? new Group(key, number) : new Group(known.key, op.of(known.value, number)));
  }
}
