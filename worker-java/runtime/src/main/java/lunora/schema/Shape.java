package lunora.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.wire.Value;

/** How types are written down in a {@link SchemaSnapshot}. */
final class Shape {

  private Shape() {}

  /** A type that is made of others: {@code {"list":"string"}}. */
  static Value of(String kind, Value inner) {
    return new Value.Obj(Map.of(kind, inner));
  }

  /** The fields of a record by their names. */
  static <D> Value fields(List<Field<D, ?>> fields) {
    Map<String, Value> shapes = new LinkedHashMap<>();
    for (Field<D, ?> field : fields) {
      shapes.put(field.name(), field.codec().shape());
    }
    return new Value.Obj(shapes);
  }

  static Value names(Collection<String> names) {
    List<Value> items = new ArrayList<>();
    for (String name : names) {
      items.add(new Value.Str(name));
    }
    return new Value.Arr(items);
  }

  /**
   * A type with bounds: {@code {"string":[0,500]}}, null standing for a bound that is none, or the
   * name alone where there are none.
   */
  static Value bounded(String name, double min, double max, double lowest, double highest) {
    if (min <= lowest && max >= highest) {
      return new Value.Str(name);
    }
    Value low = min <= lowest ? Value.Null.INSTANCE : new Value.Num(min);
    Value high = max >= highest ? Value.Null.INSTANCE : new Value.Num(max);
    return of(name, new Value.Arr(List.of(low, high)));
  }
}
