package lunora.query;

import java.util.ArrayList;
import java.util.List;
import lunora.schema.Field;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.wire.Value;
import org.jspecify.annotations.Nullable;

/**
 * A condition as a value that can be stored: {@code ["EQ", field, key]}, {@code ["IN", field,
 * key...]}, {@code ["AND", condition...]}, {@code ["OR", condition...]}, {@code ["NOT",
 * condition]}. Equal conditions give equal values.
 */
public final class PredicateText {

  private PredicateText() {}

  public static Value toValue(Predicate<?> condition) {
    List<Value> parts = new ArrayList<>();
    if (condition instanceof Predicate.Compare<?> compare) {
      parts.add(new Value.Str(compare.operator().name()));
      parts.add(new Value.Str(compare.field().name()));
      parts.add(Keys.toValue(compare.key()));
    } else if (condition instanceof Predicate.In<?> in) {
      parts.add(new Value.Str("IN"));
      parts.add(new Value.Str(in.field().name()));
      for (Object key : in.keys()) {
        parts.add(Keys.toValue(key));
      }
    } else if (condition instanceof Predicate.Not<?> not) {
      parts.add(new Value.Str("NOT"));
      parts.add(toValue(not.condition()));
    } else if (condition instanceof Predicate.And<?> and) {
      parts.add(new Value.Str("AND"));
      and.all().forEach(part -> parts.add(toValue(part)));
    } else if (condition instanceof Predicate.Or<?> or) {
      parts.add(new Value.Str("OR"));
      or.any().forEach(part -> parts.add(toValue(part)));
    }
    return new Value.Arr(parts);
  }

  /**
   * Reads a condition back.
   *
   * @return null if it names a field that the table no longer has
   * @throws IllegalArgumentException if it is malformed
   */
  public static <D> @Nullable Predicate<D> ofValue(Table<D> table, Value value) {
    List<Value> parts = ((Value.Arr) value).items();
    String operator = text(parts.get(0));
    List<Value> operands = parts.subList(1, parts.size());
    if (operator.equals("AND") || operator.equals("OR") || operator.equals("NOT")) {
      return combined(table, operator, operands);
    }
    Field<D, ?> field = field(table, text(operands.get(0)));
    if (field == null) {
      return null;
    }
    if (!operator.equals("IN")) {
      Object key = Keys.ofValue(operands.get(1));
      return new Predicate.Compare<>(field, Predicate.Operator.valueOf(operator), key);
    }
    List<@Nullable Object> keys = new ArrayList<>();
    for (Value key : operands.subList(1, operands.size())) {
      keys.add(Keys.ofValue(key));
    }
    return new Predicate.In<>(field, keys);
  }

  private static <D> @Nullable Predicate<D> combined(
      Table<D> table, String operator, List<Value> operands) {
    List<Predicate<D>> conditions = new ArrayList<>();
    for (Value operand : operands) {
      Predicate<D> condition = ofValue(table, operand);
      if (condition == null) {
        return null;
      }
      conditions.add(condition);
    }
    return switch (operator) {
      case "AND" -> new Predicate.And<>(conditions);
      case "OR" -> new Predicate.Or<>(conditions);
      default -> new Predicate.Not<>(conditions.get(0));
    };
  }

  private static <D> @Nullable Field<D, ?> field(Table<D> table, String name) {
    for (Field<D, ?> field : table.codec().fields()) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static String text(Value value) {
    if (value instanceof Value.Str text) {
      return text.value();
    }
    throw new IllegalArgumentException("a stored condition is malformed");
  }
}
