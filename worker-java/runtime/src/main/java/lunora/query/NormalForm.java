package lunora.query;

import java.util.ArrayList;
import java.util.List;
import lunora.schema.Predicate;
import lunora.schema.Predicate.Compare;
import lunora.schema.Predicate.Operator;
import org.jspecify.annotations.Nullable;

/** Conditions in other words: without negations, and as alternatives of plain comparisons. */
public final class NormalForm {

  private NormalForm() {}

  /**
   * The same condition without {@code NOT}. What is left is comparisons under AND and OR, for which
   * it does not matter whether a comparison with a missing value is false or unknown.
   */
  public static <D> Predicate<D> positive(Predicate<D> condition) {
    return rewrite(condition, false);
  }

  private static <D> Predicate<D> rewrite(Predicate<D> condition, boolean negated) {
    if (condition instanceof Predicate.Not<D> not) {
      return rewrite(not.condition(), !negated);
    }
    if (condition instanceof Compare<D> compare) {
      return negated ? negated(compare) : compare;
    }
    if (condition instanceof Predicate.In<D> in) {
      return negated ? notIn(in) : in;
    }
    boolean all = condition instanceof Predicate.And<D>;
    List<Predicate<D>> parts = new ArrayList<>();
    for (Predicate<D> part : partsOf(condition)) {
      parts.add(rewrite(part, negated));
    }
    return all != negated ? new Predicate.And<>(parts) : new Predicate.Or<>(parts);
  }

  static <D> List<Predicate<D>> partsOf(Predicate<D> condition) {
    if (condition instanceof Predicate.And<D> and) {
      return and.all();
    }
    return condition instanceof Predicate.Or<D> or ? or.any() : List.of(condition);
  }

  private static <D> Predicate<D> notIn(Predicate.In<D> in) {
    List<Predicate<D>> others = new ArrayList<>();
    for (Object key : in.keys()) {
      others.add(new Compare<>(in.field(), Operator.NE, key));
    }
    return new Predicate.And<>(others);
  }

  private static <D> Predicate<D> negated(Compare<D> compare) {
    Operator opposite =
        switch (compare.operator()) {
          case EQ -> Operator.NE;
          case NE -> Operator.EQ;
          case LT -> Operator.GTE;
          case LTE -> Operator.GT;
          case GT -> Operator.LTE;
          case GTE -> Operator.LT;
        };
    Compare<D> opposed = new Compare<>(compare.field(), opposite, compare.key());
    if (opposite == Operator.EQ || opposite == Operator.NE) {
      return opposed;
    }
    if (compare.key() == null) {
      // Nothing is smaller or greater than a missing value.
      return Predicate.always();
    }
    return opposed.or(new Compare<>(compare.field(), Operator.EQ, null));
  }

  /**
   * The condition as alternatives, each of them comparisons that hold together.
   *
   * @param condition without negations
   * @return null when there would be more than {@code max} alternatives
   */
  public static <D> @Nullable List<List<Predicate<D>>> alternatives(
      Predicate<D> condition, int max) {
    if (condition instanceof Predicate.Or<D> or) {
      List<List<Predicate<D>>> joined = new ArrayList<>();
      for (Predicate<D> part : or.any()) {
        List<List<Predicate<D>>> more = alternatives(part, max);
        if (more == null || joined.size() + more.size() > max) {
          return null;
        }
        joined.addAll(more);
      }
      return joined;
    }
    if (!(condition instanceof Predicate.And<D> and)) {
      return List.of(List.of(condition));
    }
    List<List<Predicate<D>>> crossed = List.of(List.of());
    for (Predicate<D> part : and.all()) {
      List<List<Predicate<D>>> more = alternatives(part, max);
      if (more == null || crossed.size() * more.size() > max) {
        return null;
      }
      crossed = crossed(crossed, more);
    }
    return crossed;
  }

  private static <D> List<List<Predicate<D>>> crossed(
      List<List<Predicate<D>>> first, List<List<Predicate<D>>> second) {
    List<List<Predicate<D>>> crossed = new ArrayList<>();
    for (List<Predicate<D>> a : first) {
      for (List<Predicate<D>> b : second) {
        List<Predicate<D>> both = new ArrayList<>(a);
        both.addAll(b);
        crossed.add(both);
      }
    }
    return crossed;
  }
}
