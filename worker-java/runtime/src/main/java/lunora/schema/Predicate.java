package lunora.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition over the fields of one document, as data: the one form that SQL, read sets, policies
 * and shapes share. Comparisons are those of SQL: a missing value is equal only to a missing value
 * and is never smaller or greater than anything.
 *
 * @param <D> the document
 */
public sealed interface Predicate<D> {

  /** How a field is compared. */
  enum Operator {
    EQ,
    NE,
    LT,
    LTE,
    GT,
    GTE
  }

  /** Whether the condition holds for a document in memory; agrees with the rendered SQL. */
  boolean test(D document);

  /** One field against one key in index form. */
  record Compare<D>(Field<D, ?> field, Operator operator, @Nullable Object key)
      implements Predicate<D> {

    @Override
    public boolean test(D document) {
      Object actual = field.keyOf(document);
      if (operator == Operator.EQ || operator == Operator.NE) {
        return (SqlOrder.INSTANCE.compare(actual, key) == 0) == (operator == Operator.EQ);
      }
      if (actual == null || key == null) {
        return false;
      }
      int order = SqlOrder.INSTANCE.compare(actual, key);
      return switch (operator) {
        case LT -> order < 0;
        case LTE -> order <= 0;
        case GT -> order > 0;
        default -> order >= 0;
      };
    }
  }

  /** One field against several keys in index form: whether it is equal to any of them. */
  record In<D>(Field<D, ?> field, List<@Nullable Object> keys) implements Predicate<D> {

    @Override
    public boolean test(D document) {
      Object actual = field.keyOf(document);
      for (Object key : keys) {
        if (SqlOrder.INSTANCE.compare(actual, key) == 0) {
          return true;
        }
      }
      return false;
    }
  }

  /** All of the conditions; true when there are none. */
  record And<D>(List<Predicate<D>> all) implements Predicate<D> {

    @Override
    public boolean test(D document) {
      for (Predicate<D> each : all) {
        if (!each.test(document)) {
          return false;
        }
      }
      return true;
    }
  }

  /** At least one of the conditions; false when there are none. */
  record Or<D>(List<Predicate<D>> any) implements Predicate<D> {

    @Override
    public boolean test(D document) {
      for (Predicate<D> each : any) {
        if (each.test(document)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The opposite of a condition. */
  record Not<D>(Predicate<D> condition) implements Predicate<D> {

    @Override
    public boolean test(D document) {
      return !condition.test(document);
    }
  }

  /** The condition that every document fulfils. */
  static <D> Predicate<D> always() {
    return new And<>(List.of());
  }

  /** Both this and the other. */
  default Predicate<D> and(Predicate<D> other) {
    List<Predicate<D>> all =
        new ArrayList<>(this instanceof And<D> and ? and.all() : List.of(this));
    if (other instanceof And<D> and) {
      all.addAll(and.all());
    } else {
      all.add(other);
    }
    return new And<>(List.copyOf(all));
  }

  /** This or the other. */
  default Predicate<D> or(Predicate<D> other) {
    List<Predicate<D>> any = new ArrayList<>(this instanceof Or<D> or ? or.any() : List.of(this));
    if (other instanceof Or<D> or) {
      any.addAll(or.any());
    } else {
      any.add(other);
    }
    return new Or<>(List.copyOf(any));
  }

  /** Not this. */
  default Predicate<D> not() {
    return new Not<>(this);
  }
}
