package lunora.fanout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.Value;
import lunora.wire.WireCodec;
import lunora.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** Merges of numbers. What is no finite number is left out; big integers and dates count as one. */
final class Numbers {

  private Numbers() {}

  /** The number that a value in wire form stands for; NaN for none. */
  static double read(@Nullable Value json) {
    if (json instanceof Value.Num number) {
      return number.value();
    }
    if (!(json instanceof Value.Arr)) {
      return Double.NaN;
    }
    try {
      Value value = WireCodec.decode(json);
      if (value instanceof Value.BigInt big) {
        return big.value().doubleValue();
      }
      return value instanceof Value.Date date ? date.epochMs() : Double.NaN;
    } catch (WireFormatException e) {
      return Double.NaN;
    }
  }

  static Value sum(List<Value> answers) {
    double sum = 0;
    for (Value answer : answers) {
      double number = read(answer);
      sum += Double.isFinite(number) ? number : 0;
    }
    // Finite numbers may add up to an infinity, which JSON has no word for.
    return WireCodec.encode(new Value.Num(sum));
  }

  static Value min(List<Value> answers) {
    return extreme(answers, false);
  }

  static Value max(List<Value> answers) {
    return extreme(answers, true);
  }

  private static Value extreme(List<Value> answers, boolean greatest) {
    double found = Double.NaN;
    for (Value answer : answers) {
      double number = read(answer);
      if (Double.isFinite(number)
          && (Double.isNaN(found) || (greatest ? number > found : number < found))) {
        found = number;
      }
    }
    return Double.isNaN(found) ? Value.Null.INSTANCE : new Value.Num(found);
  }

  /** Of {@code {before, total}} in each shard the place in all of them, counted from 1. */
  static Value rank(List<Value> answers) {
    double before = 0;
    double total = 0;
    for (Value answer : answers) {
      if (answer instanceof Value.Obj object) {
        before += finite(object.fields().get("before"));
        total += finite(object.fields().get("total"));
      }
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("position", WireCodec.encode(new Value.Num(before + 1)));
    fields.put("total", WireCodec.encode(new Value.Num(total)));
    return new Value.Obj(fields);
  }

  private static double finite(@Nullable Value json) {
    double number = read(json);
    return Double.isFinite(number) ? number : 0;
  }
}
