package lunora.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a client holds of one subscription: whole results and deltas, merged by the protocol's rules
 * (section 7.4), and how far it has seen. Stricter than a client: a delta that a client would have
 * to guess about is an {@link IllegalStateException}.
 */
public final class ClientView {

  private @Nullable Value result;
  private @Nullable Double cursor;
  private @Nullable String epoch;

  /** Takes in one frame of the subscription, as JSON. */
  public void apply(Value.Obj frame) {
    Value type = field(frame, "type");
    if (type.equals(new Value.Str("data"))) {
      result = field(frame, "data");
    } else if (type.equals(new Value.Str("delta"))) {
      result = merged((Value.Obj) field(frame, "delta"));
    }
    if (frame.fields().get("cursor") instanceof Value.Num seen) {
      cursor = seen.value();
    }
    if (frame.fields().get("epoch") instanceof Value.Str named) {
      epoch = named.value();
    }
  }

  /** The result on the wire, not decoded. */
  public Value result() {
    if (result == null) {
      throw new IllegalStateException("no result has arrived yet");
    }
    return result;
  }

  /** The last cursor, null before the first. */
  public @Nullable Double cursor() {
    return cursor;
  }

  /** The last epoch, null before the first. */
  public @Nullable String epoch() {
    return epoch;
  }

  private Value merged(Value.Obj delta) {
    if (result() instanceof Value.Obj page) {
      Map<String, Value> fields = new LinkedHashMap<>(page.fields());
      fields.put("page", new Value.Arr(merged(items(field(page, "page")), delta)));
      return new Value.Obj(fields);
    }
    return new Value.Arr(merged(items(result()), delta));
  }

  private static List<Value> merged(List<Value> rows, Value.Obj delta) {
    List<Value> merged = new ArrayList<>(rows);
    Value key = field(delta, "key");
    int at = indexOf(rows, key);
    String op = ((Value.Str) field(delta, "op")).value();
    if (op.equals("insert") == (at >= 0)) {
      throw new IllegalStateException(op + " of a row at place " + at + ": " + key);
    }
    if (op.equals("delete")) {
      merged.remove(at);
      return merged;
    }
    Value row = field(delta, "row");
    if (at >= 0) {
      merged.set(at, row);
    } else {
      merged.add(placeFor(createdAt(row), rows), row);
    }
    return merged;
  }

  private static int placeFor(double createdAt, List<Value> rows) {
    boolean descending = isDescending(rows);
    for (int i = 0; i < rows.size(); i++) {
      double other = createdAt(rows.get(i));
      if (descending ? other < createdAt : other > createdAt) {
        return i;
      }
    }
    return rows.size();
  }

  private static boolean isDescending(List<Value> rows) {
    for (int i = 1; i < rows.size(); i++) {
      double before = createdAt(rows.get(i - 1));
      double after = createdAt(rows.get(i));
      if (before != after) {
        return after < before;
      }
    }
    return false;
  }

  private static int indexOf(List<Value> rows, Value id) {
    for (int i = 0; i < rows.size(); i++) {
      if (field(rows.get(i), "_id").equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static double createdAt(Value row) {
    return ((Value.Num) field(row, "_creationTime")).value();
  }

  private static List<Value> items(Value array) {
    return ((Value.Arr) array).items();
  }

  private static Value field(Value object, String name) {
    Value value = ((Value.Obj) object).fields().get(name);
    if (value == null) {
      throw new IllegalStateException("no field " + name + " in " + object);
    }
    return value;
  }
}
