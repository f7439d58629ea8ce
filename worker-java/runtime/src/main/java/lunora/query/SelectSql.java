package lunora.query;

import java.util.ArrayList;
import java.util.List;
import lunora.api.Order;
import lunora.schema.Field;
import lunora.schema.Index;
import lunora.schema.Predicate;
import lunora.schema.Table;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/** Renders one reading as a statement with its parameters. */
final class SelectSql<D> {

  /** Which columns a statement reads. */
  enum Columns {
    /** Id and text: what an answer needs. */
    ROW,
    /** Also the place of the row, from column {@link #PLACE_COLUMN}: what a recording needs. */
    PLACED_ROW
  }

  static final int PLACE_COLUMN = 2;

  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> params = new ArrayList<>();
  private final List<Field<D, ?>> fields;
  private final Order order;

  private SelectSql(@Nullable Index<D> index, Order order) {
    this.fields = RangeRead.fieldsOf(index);
    this.order = order;
  }

  static <D> SelectSql<D> render(
      Table<D> table,
      @Nullable Index<D> index,
      KeyRange range,
      Order order,
      @Nullable Predicate<D> condition,
      @Nullable Object @Nullable [] after,
      Columns columns) {
    SelectSql<D> select = new SelectSql<>(index, order);
    select.columns(columns);
    select.sql.append(" FROM ").append(TableLayout.quote(table.name())).append(" WHERE 1");
    select.range(range);
    if (condition != null) {
      select.sql.append(" AND ");
      PredicateSql.render(condition, select.sql, select.params);
    }
    if (after != null) {
      select.after(range.equal().size(), after);
    }
    select.orderBy(range.equal().size());
    return select;
  }

  /** The statement, reading at most {@code limit} rows; a negative limit is none. */
  String sql(int limit) {
    if (limit >= 0) {
      params.add(limit);
      sql.append(" LIMIT ?");
    }
    return sql.toString();
  }

  @Nullable Object[] params() {
    return params.toArray();
  }

  /**
   * A number for what the text depends on besides table and index, when there is neither condition
   * nor start: equal numbers mean equal texts.
   */
  static int shape(KeyRange range, Order order, int limit, Columns columns) {
    int shape = range.equal().size();
    shape = shape * 3 + edge(range.lower());
    shape = shape * 3 + edge(range.upper());
    shape = shape * 2 + order.ordinal();
    shape = shape * 2 + (limit >= 0 ? 1 : 0);
    return shape * 2 + columns.ordinal();
  }

  private static int edge(KeyRange.@Nullable Bound bound) {
    return bound == null ? 0 : 1 + bound.edge().ordinal();
  }

  /** The parameters of a statement with neither condition nor start. */
  static @Nullable Object[] params(KeyRange range, int limit) {
    List<@Nullable Object> params = new ArrayList<>(range.equal());
    if (range.lower() != null) {
      params.add(range.lower().key());
    }
    if (range.upper() != null) {
      params.add(range.upper().key());
    }
    if (limit >= 0) {
      params.add(limit);
    }
    return params.toArray();
  }

  private void columns(Columns columns) {
    sql.append("SELECT ").append(TableLayout.ID).append(", ").append(TableLayout.DOC);
    if (columns == Columns.PLACED_ROW) {
      for (Field<D, ?> field : fields) {
        sql.append(", ").append(TableLayout.quote(field.name()));
      }
      sql.append(", ").append(TableLayout.CREATION_TIME).append(", ").append(TableLayout.SEQ);
    }
  }

  private void range(KeyRange range) {
    int next = 0;
    for (Object key : range.equal()) {
      and(fields.get(next), " IS ?", key);
      next++;
    }
    KeyRange.Bound lower = range.lower();
    if (lower != null) {
      and(fields.get(next), inclusive(lower) ? " >= ?" : " > ?", lower.key());
    }
    KeyRange.Bound upper = range.upper();
    if (upper != null) {
      and(fields.get(next), inclusive(upper) ? " <= ?" : " < ?", upper.key());
    }
  }

  private static boolean inclusive(KeyRange.Bound bound) {
    return bound.edge() == KeyRange.Edge.INCLUSIVE;
  }

  private void and(Field<D, ?> field, String operator, @Nullable Object key) {
    sql.append(" AND ").append(TableLayout.quote(field.name())).append(operator);
    params.add(key);
  }

  /**
   * Rows behind a place in the direction of reading. The columns from {@code first} on are compared
   * one after another; those before are fixed by the range.
   */
  private void after(int first, @Nullable Object[] place) {
    List<String> columns = new ArrayList<>();
    for (int i = first; i < fields.size(); i++) {
      columns.add(TableLayout.quote(fields.get(i).name()));
    }
    columns.add(TableLayout.CREATION_TIME);
    columns.add(TableLayout.SEQ);
    seek(columns.get(0), place[first]);
    sql.append(" AND (");
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        sql.append(" OR ");
      }
      sql.append("(");
      for (int j = 0; j < i; j++) {
        sql.append(columns.get(j)).append(" IS ? AND ");
        params.add(place[first + j]);
      }
      beyond(columns.get(i), place[first + i]);
      sql.append(")");
    }
    sql.append(")");
  }

  /** Says again, for the index's sake, that the first column is at or behind its key. */
  private void seek(String column, @Nullable Object key) {
    if (key != null && order == Order.ASC) {
      sql.append(" AND ").append(column).append(" >= ?");
      params.add(key);
    } else if (key != null && column.equals(TableLayout.CREATION_TIME)) {
      sql.append(" AND ").append(column).append(" <= ?");
      params.add(key);
    }
  }

  /** A column strictly behind a key; a missing value stands before all others. */
  private void beyond(String column, @Nullable Object key) {
    if (order == Order.ASC) {
      if (key == null) {
        sql.append(column).append(" IS NOT NULL");
        return;
      }
      sql.append(column).append(" > ?");
    } else {
      if (key == null) {
        sql.append("0");
        return;
      }
      sql.append("(").append(column).append(" < ? OR ").append(column).append(" IS NULL)");
    }
    params.add(key);
  }

  private void orderBy(int first) {
    String direction = order == Order.ASC ? "" : " DESC";
    sql.append(" ORDER BY ");
    for (int i = first; i < fields.size(); i++) {
      sql.append(TableLayout.quote(fields.get(i).name())).append(direction).append(", ");
    }
    sql.append(TableLayout.CREATION_TIME).append(direction).append(", ");
    sql.append(TableLayout.SEQ).append(direction);
  }
}
