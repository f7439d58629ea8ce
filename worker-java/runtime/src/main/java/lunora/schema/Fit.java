package lunora.schema;

import java.util.List;
import java.util.Map;
import lunora.wire.Json;
import lunora.wire.JsonWriter;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/** Whether values that were stored as one type can be read as another; types as in a snapshot. */
final class Fit {

  private static final String OPTIONAL = "optional";
  private static final String DEFAULTED = "defaulted";
  private static final String NULLABLE = "nullable";
  private static final String OBJECT = "object";
  private static final String STRING = "string";
  private static final Value ANY = new Value.Str(Codecs.ANY.describe());

  private Fit() {}

  static boolean fits(Value before, Value after) {
    if (before.equals(after) || after.equals(ANY)) {
      return true;
    }
    if (mayBeAbsent(before) && !mayBeAbsent(after)) {
      return false;
    }
    Value present = without(before, OPTIONAL, DEFAULTED);
    Value wanted = without(after, OPTIONAL, DEFAULTED);
    if (is(present, NULLABLE) && !is(wanted, NULLABLE)) {
      return false;
    }
    return inner(without(present, NULLABLE), without(wanted, NULLABLE));
  }

  private static boolean inner(Value before, Value after) {
    if (before.equals(after) || after.equals(ANY)) {
      return true;
    }
    String from = kind(before);
    String to = kind(after);
    return switch (from) {
      case "list", "map" -> from.equals(to) && fits(argument(before), argument(after));
      case OBJECT -> from.equals(to) && fieldsFit(fields(before), fields(after));
      case "cases" -> from.equals(to) && casesFit(fields(before), fields(after));
      case "enum" ->
          after.equals(new Value.Str(STRING))
              || (from.equals(to) && items(after).containsAll(items(before)));
      case "id" -> after.equals(new Value.Str(STRING));
      case STRING -> to.equals("id") || (from.equals(to) && within(before, after));
      case "integer" -> (from.equals(to) || to.equals("number")) && within(before, after);
      case "number", "long" -> from.equals(to) && within(before, after);
      default -> false;
    };
  }

  private static boolean fieldsFit(Map<String, Value> before, Map<String, Value> after) {
    if (!after.keySet().containsAll(before.keySet())) {
      return false;
    }
    for (Map.Entry<String, Value> field : after.entrySet()) {
      Value old = before.get(field.getKey());
      if (old == null ? !mayBeAbsent(field.getValue()) : !fits(old, field.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean casesFit(Map<String, Value> before, Map<String, Value> after) {
    for (Map.Entry<String, Value> each : before.entrySet()) {
      Value now = after.get(each.getKey());
      if (!(now instanceof Value.Obj fields)
          || !(each.getValue() instanceof Value.Obj old)
          || !fieldsFit(old.fields(), fields.fields())) {
        return false;
      }
    }
    return true;
  }

  /** Whether the one's bounds hold for all that is within the other's. */
  private static boolean within(Value before, Value after) {
    List<Value> old = items(before);
    List<Value> now = items(after);
    if (now.isEmpty()) {
      return true;
    }
    double low = bound(old, 0, Double.NEGATIVE_INFINITY);
    double high = bound(old, 1, Double.POSITIVE_INFINITY);
    return bound(now, 0, Double.NEGATIVE_INFINITY) <= low
        && bound(now, 1, Double.POSITIVE_INFINITY) >= high;
  }

  private static double bound(List<Value> bounds, int index, double none) {
    return index < bounds.size() && bounds.get(index) instanceof Value.Num number
        ? number.value()
        : none;
  }

  /** Whether a row that lacks the field can be read. */
  static boolean mayBeAbsent(Value type) {
    return is(type, OPTIONAL) || is(type, DEFAULTED) || type.equals(ANY);
  }

  /** The fields of a record, whether or not it has to be there; null for another type. */
  static @Nullable Map<String, Value> objectOf(Value type) {
    Value bare = without(without(type, OPTIONAL, DEFAULTED), NULLABLE);
    return is(bare, OBJECT) ? fields(bare) : null;
  }

  /** Whether two records may be absent and null so that the one fits the other. */
  static boolean wrappingFits(Value before, Value after) {
    boolean absent = !mayBeAbsent(before) || mayBeAbsent(after);
    boolean isNull =
        !is(without(before, OPTIONAL, DEFAULTED), NULLABLE)
            || is(without(after, OPTIONAL, DEFAULTED), NULLABLE);
    return absent && isNull;
  }

  /** A type in words for whoever reads a refusal. */
  static String text(Value type) {
    JsonWriter json = new JsonWriter();
    Json.write(type, json);
    return json.finish().toString().replace("\"", "");
  }

  private static Value without(Value type, String... wrappings) {
    for (String wrapping : wrappings) {
      if (is(type, wrapping)) {
        return argument(type);
      }
    }
    return type;
  }

  private static boolean is(Value type, String kind) {
    return type instanceof Value.Obj && kind(type).equals(kind);
  }

  private static String kind(Value type) {
    if (type instanceof Value.Str name) {
      return name.value();
    }
    return type instanceof Value.Obj object && object.fields().size() == 1
        ? object.fields().keySet().iterator().next()
        : "";
  }

  private static Value argument(Value type) {
    return type instanceof Value.Obj object && object.fields().size() == 1
        ? object.fields().values().iterator().next()
        : Value.Null.INSTANCE;
  }

  private static Map<String, Value> fields(Value type) {
    return argument(type) instanceof Value.Obj object ? object.fields() : Map.of();
  }

  private static List<Value> items(Value type) {
    return argument(type) instanceof Value.Arr array ? array.items() : List.of();
  }
}
