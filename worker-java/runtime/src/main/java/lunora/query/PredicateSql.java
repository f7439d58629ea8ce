package lunora.query;

import java.util.List;
import lunora.schema.Field;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * Renders a condition as SQL with the meaning of {@link Predicate#test}: every comparison is true
 * or false, never unknown, so that {@code NOT} and missing values agree with Java.
 *
 * <p>A field without a column is not rendered: its condition is tested in Java.
 */
final class PredicateSql {

  private PredicateSql() {}

  /** Whether the whole condition can run in SQL: all its fields have columns. */
  static <D> boolean renders(Table<D> table, Predicate<D> condition) {
    if (condition instanceof Predicate.Compare<D> compare) {
      return table.indexedFields().contains(compare.field());
    }
    if (condition instanceof Predicate.Not<D> not) {
      return renders(table, not.condition());
    }
    for (Predicate<D> part : partsOf(condition)) {
      if (!renders(table, part)) {
        return false;
      }
    }
    return true;
  }

  /** Appends the condition's SQL to {@code sql} and its parameters to {@code params}. */
  static <D> void render(Predicate<D> condition, StringBuilder sql, List<@Nullable Object> params) {
    if (condition instanceof Predicate.Compare<D> compare) {
      compare(compare, sql, params);
    } else if (condition instanceof Predicate.Not<D> not) {
      sql.append("NOT (");
      render(not.condition(), sql, params);
      sql.append(")");
    } else {
      boolean all = condition instanceof Predicate.And<D>;
      sql.append("(").append(all ? "1" : "0");
      for (Predicate<D> part : partsOf(condition)) {
        sql.append(all ? " AND " : " OR ");
        render(part, sql, params);
      }
      sql.append(")");
    }
  }

  private static <D> List<Predicate<D>> partsOf(Predicate<D> condition) {
    if (condition instanceof Predicate.And<D> and) {
      return and.all();
    }
    return ((Predicate.Or<D>) condition).any();
  }

  private static void compare(
      Predicate.Compare<?> compare, StringBuilder sql, List<@Nullable Object> params) {
    Field<?, ?> field = compare.field();
    String column = TableLayout.quote(field.name());
    params.add(compare.key());
    switch (compare.operator()) {
      case EQ -> sql.append(column).append(" IS ?");
      case NE -> sql.append(column).append(" IS NOT ?");
      case LT -> sql.append("ifnull(").append(column).append(" < ?, 0)");
      case LTE -> sql.append("ifnull(").append(column).append(" <= ?, 0)");
      case GT -> sql.append("ifnull(").append(column).append(" > ?, 0)");
      case GTE -> sql.append("ifnull(").append(column).append(" >= ?, 0)");
    }
  }
}
