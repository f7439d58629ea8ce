package lunora.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import lunora.wire.Value;

/** A query with its arguments on the wire. */
record Watch(String path, Value.Obj args) {

  /** A query with arguments given as name, value, name, value: strings, numbers or values. */
  static Watch of(String path, Object... args) {
    return new Watch(path, args(args));
  }

  static Value.Obj args(Object... pairs) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = pairs[i + 1];
      fields.put(
          (String) pairs[i],
          value instanceof Value wire
              ? wire
              : value instanceof Number number
                  ? new Value.Num(number.doubleValue())
                  : new Value.Str((String) value));
    }
    return new Value.Obj(fields);
  }

  String text(String name) {
    return args.fields().get(name) instanceof Value.Str text ? text.value() : "";
  }

  int number(String name) {
    return args.fields().get(name) instanceof Value.Num number ? (int) number.value() : 0;
  }

  /** Whether its result can depend on who asks. */
  boolean isPersonal() {
    return path.equals("notes:mine") || path.equals("items:guarded");
  }
}
