package lunora.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lunora.query.NormalForm;
import lunora.schema.Field;
import lunora.schema.Predicate;
import lunora.schema.SqlOrder;
import org.jspecify.annotations.Nullable;

/**
 * Where in a {@link ShapeIndex} to look for rows that fulfil a condition: the fields that have to
 * be equal to something, and the stretch in which one more field has to lie.
 *
 * @param bucket the text of the equal keys
 * @param low the least key of the range, inclusive; null for any
 * @param high the greatest, inclusive; {@link IntervalIndex#TOP} for any
 */
record ShapePlace(ShapeIndex.Group group, String bucket, @Nullable Object low, Object high) {

  /** A condition that would stand in more places stands in one, where every row is looked at. */
  static final int PLACES_MAX = 64;

  private static final ShapePlace EVERYWHERE =
      new ShapePlace(new ShapeIndex.Group(List.of(), null), "", null, IntervalIndex.TOP);

  /** The places of a condition without negations: a row that fulfils it is in one of them. */
  static <D> List<ShapePlace> of(Predicate<D> condition) {
    List<List<Predicate<D>>> alternatives = NormalForm.alternatives(condition, PLACES_MAX);
    if (alternatives == null) {
      return List.of(EVERYWHERE);
    }
    List<ShapePlace> places = new ArrayList<>();
    for (List<Predicate<D>> alternative : alternatives) {
      new Alternative(alternative).addTo(places);
      if (places.size() > PLACES_MAX) {
        return List.of(EVERYWHERE);
      }
    }
    return places;
  }

  /** What comparisons that hold together say of each field. */
  private static final class Alternative {

    /** Keys a field may be equal to. */
    private final Map<Field<?, ?>, List<@Nullable Object>> equal = new LinkedHashMap<>();

    private final Map<Field<?, ?>, Range> ranges = new LinkedHashMap<>();

    private record Range(@Nullable Object low, Object high) {

      private static final Range ANY = new Range(null, IntervalIndex.TOP);

      boolean isBounded() {
        return low != null && high != IntervalIndex.TOP;
      }
    }

    Alternative(List<? extends Predicate<?>> comparisons) {
      for (Predicate<?> each : comparisons) {
        if (each instanceof Predicate.In<?> in) {
          choose(in.field(), in.keys());
        } else if (each instanceof Predicate.Compare<?> compare) {
          take(compare);
        }
      }
    }

    private void take(Predicate.Compare<?> compare) {
      Object key = compare.key();
      if (compare.operator() == Predicate.Operator.EQ) {
        List<@Nullable Object> only = new ArrayList<>();
        only.add(key);
        choose(compare.field(), only);
      } else if (key != null && compare.operator() != Predicate.Operator.NE) {
        boolean upper =
            compare.operator() == Predicate.Operator.LT
                || compare.operator() == Predicate.Operator.LTE;
        narrow(compare.field(), upper ? null : key, upper ? key : IntervalIndex.TOP);
      }
    }

    /** Of several lists of keys for one field the shortest is kept: all of them have to hold. */
    private void choose(Field<?, ?> field, List<@Nullable Object> keys) {
      List<@Nullable Object> known = equal.get(field);
      if (known == null || keys.size() < known.size()) {
        equal.put(field, keys);
      }
    }

    private void narrow(Field<?, ?> field, @Nullable Object low, Object high) {
      Range known = ranges.getOrDefault(field, Range.ANY);
      boolean lowKnown = SqlOrder.INSTANCE.compare(known.low(), low) > 0;
      boolean highKnown =
          known.high() != IntervalIndex.TOP
              && (high == IntervalIndex.TOP || SqlOrder.INSTANCE.compare(known.high(), high) < 0);
      ranges.put(field, new Range(lowKnown ? known.low() : low, highKnown ? known.high() : high));
    }

    void addTo(List<ShapePlace> places) {
      List<Map.Entry<Field<?, ?>, List<@Nullable Object>>> chosen = chosen();
      List<Field<?, ?>> fields = new ArrayList<>();
      for (Map.Entry<Field<?, ?>, List<@Nullable Object>> entry : chosen) {
        fields.add(entry.getKey());
      }
      Field<?, ?> ranged = ranged(fields);
      ShapeIndex.Group group = new ShapeIndex.Group(fields, ranged);
      Range range = ranged == null ? null : ranges.get(ranged);
      for (List<@Nullable Object> keys : combinations(chosen)) {
        places.add(
            new ShapePlace(
                group,
                KeyText.of(keys),
                range == null ? null : range.low(),
                range == null ? IntervalIndex.TOP : range.high()));
      }
    }

    /**
     * The equalities to look up by, in order of name, so that all conditions alike share a group.
     */
    private List<Map.Entry<Field<?, ?>, List<@Nullable Object>>> chosen() {
      // Short lists first: a long one that would multiply the places too far is left to the test.
      List<Map.Entry<Field<?, ?>, List<@Nullable Object>>> lists =
          new ArrayList<>(equal.entrySet());
      lists.sort((a, b) -> a.getValue().size() - b.getValue().size());
      List<Map.Entry<Field<?, ?>, List<@Nullable Object>>> chosen = new ArrayList<>();
      int count = 1;
      for (Map.Entry<Field<?, ?>, List<@Nullable Object>> entry : lists) {
        if (count * entry.getValue().size() <= PLACES_MAX) {
          count *= entry.getValue().size();
          chosen.add(entry);
        }
      }
      chosen.sort((a, b) -> a.getKey().name().compareTo(b.getKey().name()));
      return chosen;
    }

    /** A range of a field that is not fixed by an equality; one bounded on both sides if any is. */
    private @Nullable Field<?, ?> ranged(List<Field<?, ?>> fixed) {
      Field<?, ?> found = null;
      for (Map.Entry<Field<?, ?>, Range> entry : ranges.entrySet()) {
        if (!fixed.contains(entry.getKey()) && (found == null || entry.getValue().isBounded())) {
          found = entry.getKey();
        }
      }
      return found;
    }

    private static List<List<@Nullable Object>> combinations(
        List<Map.Entry<Field<?, ?>, List<@Nullable Object>>> chosen) {
      List<List<@Nullable Object>> combined = new ArrayList<>();
      combined.add(new ArrayList<>());
      for (Map.Entry<Field<?, ?>, List<@Nullable Object>> entry : chosen) {
        List<List<@Nullable Object>> longer = new ArrayList<>();
        for (List<@Nullable Object> keys : combined) {
          for (Object key : entry.getValue()) {
            List<@Nullable Object> more = new ArrayList<>(keys);
            more.add(key);
            longer.add(more);
          }
        }
        combined = longer;
      }
      return combined;
    }
  }
}
