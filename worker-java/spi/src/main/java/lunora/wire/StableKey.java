package lunora.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lunora.wire.Value.Arr;
import lunora.wire.Value.Num;
import lunora.wire.Value.Obj;

/**
 * The canonical text of a value (protocol section 2.1), by which clients and server tell whether
 * two argument lists are the same: its wire form with keys sorted at every depth by UTF-16 units,
 * and negative zero as {@code -0}.
 */
public final class StableKey {

  private StableKey() {}

  /**
   * The key of a decoded value.
   *
   * @throws WireFormatException as {@link WireCodec#encode} does
   */
  public static String of(Value value) {
    JsonWriter out = new JsonWriter();
    write(WireCodec.encode(value), out);
    return out.finish().toString();
  }

  private static void write(Value json, JsonWriter out) {
    if (json instanceof Obj o) {
      writeObject(o.fields(), out);
    } else if (json instanceof Arr a) {
      writeArray(a.items(), out);
    } else if (json instanceof Num n && isNegativeZero(n.value())) {
      out.raw("-0");
    } else {
      Json.write(json, out);
    }
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && 1 / value < 0;
  }

  private static void writeArray(List<Value> items, JsonWriter out) {
    String before = "[";
    for (Value item : items) {
      write(item, out.raw(before));
      before = ",";
    }
    out.raw(items.isEmpty() ? "[]" : "]");
  }

  private static void writeObject(Map<String, Value> fields, JsonWriter out) {
    String[] keys = fields.keySet().toArray(new String[0]);
    Arrays.sort(keys);
    String before = "{";
    for (String key : keys) {
      Value field = fields.get(key);
      if (field != null) {
        write(field, out.raw(before).string(key).raw(":"));
        before = ",";
      }
    }
    out.raw(keys.length == 0 ? "{}" : "}");
  }
}
