package lunora.query;

import java.util.ArrayList;
import java.util.List;
import lunora.schema.Field;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * Renders a condition as SQL with the meaning of {@link Predicate#test}. Negations are resolved
 * first: under AND and OR alone, a comparison that is unknown counts as one that is false, and
 * indexes can be used.
 *
 * <p>A field without a column is not rendered, nor is a condition that would break a limit of the
 * platform on statements: it is tested in Java.
 */
public final class PredicateSql {

  /**
   * Of the 100 parameters a statement may have; the rest is for what stands beside the condition.
   */
  private static final int PARAMS_MAX = 80;

  /** Of the 100 levels an expression may have. */
  private static final int DEPTH_MAX = 50;

  private PredicateSql() {}

  /**
   * Whether the whole condition can run in SQL: its fields have columns, and it is not too large.
   */
  public static <D> boolean renders(Table<D> table, Predicate<D> condition) {
    Predicate<D> positive = NormalForm.positive(condition);
    return hasColumns(table, positive)
        && params(positive) <= PARAMS_MAX
        && depth(positive) <= DEPTH_MAX;
  }

  private static <D> boolean hasColumns(Table<D> table, Predicate<D> condition) {
    if (condition instanceof Predicate.Compare<D> compare) {
      return table.indexedFields().contains(compare.field());
    }
    if (condition instanceof Predicate.In<D> in) {
      return table.indexedFields().contains(in.field());
    }
    for (Predicate<D> part : NormalForm.partsOf(condition)) {
      if (!hasColumns(table, part)) {
        return false;
      }
    }
    return true;
  }

  private static <D> int params(Predicate<D> condition) {
    if (condition instanceof Predicate.Compare<D>) {
      return 1;
    }
    if (condition instanceof Predicate.In<D> in) {
      return in.keys().size();
    }
    int sum = 0;
    for (Predicate<D> part : NormalForm.partsOf(condition)) {
      sum += params(part);
    }
    return sum;
  }

  private static <D> int depth(Predicate<D> condition) {
    if (condition instanceof Predicate.Compare<D> || condition instanceof Predicate.In<D>) {
      return 2;
    }
    List<Predicate<D>> parts = NormalForm.partsOf(condition);
    int deepest = 1;
    for (Predicate<D> part : parts) {
      deepest = Math.max(deepest, depth(part));
    }
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(parts.size() - 1, 0));
    return deepest + levels;
  }

  /** Appends the condition's SQL to {@code sql} and its parameters to {@code params}. */
  public static <D> void render(
      Predicate<D> condition, StringBuilder sql, List<@Nullable Object> params) {
    positive(NormalForm.positive(condition), sql, params);
  }

  private static <D> void positive(
      Predicate<D> condition, StringBuilder sql, List<@Nullable Object> params) {
    if (condition instanceof Predicate.Compare<D> compare) {
      compare(compare, sql, params);
    } else if (condition instanceof Predicate.In<D> in) {
      in(in, sql, params);
    } else {
      List<Predicate<D>> parts = NormalForm.partsOf(condition);
      boolean all = condition instanceof Predicate.And<D>;
      if (parts.isEmpty()) {
        sql.append(all ? "1" : "0");
      } else {
        group(parts, all ? " AND " : " OR ", sql, params);
      }
    }
  }

  /** Halves the parts until one is left: a row of them would be as deep as it is long. */
  private static <D> void group(
      List<Predicate<D>> parts, String operator, StringBuilder sql, List<@Nullable Object> params) {
    if (parts.size() == 1) {
      positive(parts.get(0), sql, params);
      return;
    }
    int half = parts.size() / 2;
    sql.append("(");
    group(parts.subList(0, half), operator, sql, params);
    sql.append(operator);
    group(parts.subList(half, parts.size()), operator, sql, params);
    sql.append(")");
  }

  private static void compare(
      Predicate.Compare<?> compare, StringBuilder sql, List<@Nullable Object> params) {
    sql.append(column(compare.field()));
    params.add(compare.key());
    switch (compare.operator()) {
      case EQ -> sql.append(" IS ?");
      case NE -> sql.append(" IS NOT ?");
      case LT -> sql.append(" < ?");
      case LTE -> sql.append(" <= ?");
      case GT -> sql.append(" > ?");
      case GTE -> sql.append(" >= ?");
    }
  }

  private static void in(Predicate.In<?> in, StringBuilder sql, List<@Nullable Object> params) {
    List<Object> present = new ArrayList<>();
    for (Object key : in.keys()) {
      if (key != null) {
        present.add(key);
      }
    }
    String column = column(in.field());
    boolean missing = present.size() < in.keys().size();
    sql.append("(").append(column).append(" IN (");
    for (int i = 0; i < present.size(); i++) {
      sql.append(i == 0 ? "?" : ", ?");
    }
    sql.append(missing ? ") OR " + column + " IS NULL)" : "))");
    params.addAll(present);
  }

  private static String column(Field<?, ?> field) {
    return TableLayout.quote(field.name());
  }
}
