package lunora.shape;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import lunora.oplog.Oplog;
import lunora.query.NormalForm;
import lunora.query.PredicateSql;
import lunora.schema.Doc;
import lunora.schema.Field;
import lunora.schema.Id;
import lunora.schema.Predicate;
import lunora.schema.Projection;
import lunora.store.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a shape from the database. Rows are cut to the shape's columns there, text by
 * text; what of its condition cannot run there is tested in Java.
 */
public final class ShapeRows<D> {

  /** Rows read at a time when a condition in Java decides which to keep. */
  private static final int SCAN_ROWS = 500;

  private static final int ID = 0;
  private static final int VALUE = 1;
  private static final int CREATION_TIME = 2;
  private static final int MEMBER = 2;
  private static final int WRITES = 3;
  private static final int INSERTS = 4;
  private static final int DOC = 5;

  private final ShapeDefinition<D> shape;
  private final SqlStorage sql;
  private final String condition;
  private final List<@Nullable Object> params = new ArrayList<>();
  private final @Nullable Predicate<D> rest;

  public ShapeRows(ShapeDefinition<D> shape, SqlStorage sql) {
    this.shape = shape;
    this.sql = sql;
    List<Predicate<D>> inJava = new ArrayList<>();
    this.condition = render(inJava);
    this.rest = inJava.isEmpty() ? null : new Predicate.And<>(inJava);
  }

  private String render(List<Predicate<D>> inJava) {
    Predicate<D> inSql = Predicate.always();
    List<Predicate<D>> parts =
        shape.where() instanceof Predicate.And<D> and ? and.all() : List.of(shape.where());
    for (Predicate<D> part : parts) {
      Predicate<D> more = inSql.and(part);
      if (PredicateSql.renders(shape.table(), more)) {
        inSql = more;
      } else {
        inJava.add(part);
      }
    }
    StringBuilder text = new StringBuilder();
    PredicateSql.render(NormalForm.positive(inSql), text, params);
    return text.toString();
  }

  /** Every row, as an insert, in order of creation. */
  public List<RowOp> all() {
    List<RowOp> ops = new ArrayList<>();
    String select =
        "SELECT "
            + TableLayout.ID
            + ", "
            + value()
            + ", "
            + TableLayout.CREATION_TIME
            + (rest == null ? "" : ", 1, 1, " + TableLayout.DOC)
            + " FROM "
            + TableLayout.quote(shape.table().name())
            + " WHERE "
            + condition;
    String order = " ORDER BY " + TableLayout.CREATION_TIME;
    if (rest == null) {
      addInserts(sql.query(select + order, params.toArray()), ops);
      return ops;
    }
    String page = select + " AND " + TableLayout.CREATION_TIME + " > ?" + order + " LIMIT ?";
    double after = -1;
    SqlRows rows;
    do {
      List<@Nullable Object> all = new ArrayList<>(params);
      all.add(after);
      all.add(SCAN_ROWS);
      rows = sql.query(page, all.toArray());
      addInserts(rows, ops);
      after = rows.size() == 0 ? after : rows.number(rows.size() - 1, CREATION_TIME);
    } while (rows.size() == SCAN_ROWS);
    return ops;
  }

  private void addInserts(SqlRows rows, List<RowOp> ops) {
    for (int i = 0; i < rows.size(); i++) {
      if (passes(rows, i)) {
        ops.add(new RowOp(RowOp.Kind.INSERT, rows.text(i, ID), rows.json(i, VALUE)));
      }
    }
  }

  /**
   * What became of the shape's rows after a cursor, by the log. The log does not tell which rows
   * belonged to the shape before: a row that does not now is told as deleted unless it was made
   * since.
   */
  public List<RowOp> since(long cursor) {
    List<@Nullable Object> all = new ArrayList<>(params);
    all.add(shape.table().name());
    all.add(cursor);
    SqlRows rows =
        sql.query(
            "SELECT "
                + Oplog.CHANGED_ID
                + ", "
                + value()
                + ", "
                + TableLayout.ID
                + " IS NOT NULL AND "
                + condition
                + ", "
                + Oplog.CHANGED_WRITES
                + ", "
                + Oplog.CHANGED_INSERTS
                + (rest == null ? "" : ", " + TableLayout.DOC)
                + " FROM "
                + Oplog.CHANGED_SINCE
                + " LEFT JOIN "
                + TableLayout.quote(shape.table().name())
                + " ON "
                + TableLayout.ID
                + " = "
                + Oplog.CHANGED_ID
                + " ORDER BY "
                + Oplog.CHANGED_LAST,
            all.toArray());
    List<RowOp> ops = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      boolean member = !rows.isNull(i, MEMBER) && rows.number(i, MEMBER) != 0 && passes(rows, i);
      boolean made = rows.number(i, INSERTS) > 0;
      if (member) {
        boolean fresh = made && rows.number(i, WRITES) == 1;
        RowOp.Kind kind = fresh ? RowOp.Kind.INSERT : RowOp.Kind.UPDATE;
        ops.add(new RowOp(kind, rows.text(i, ID), rows.json(i, VALUE)));
      } else if (!made) {
        ops.add(new RowOp(RowOp.Kind.DELETE, rows.text(i, ID), null));
      }
    }
    return ops;
  }

  private boolean passes(SqlRows rows, int row) {
    Predicate<D> test = rest;
    return test == null
        || test.test(
            new Doc<>(shape.table(), new Id<D>(rows.text(row, ID)), rows.json(row, DOC)).value());
  }

  /** The row cut to the shape's columns: the stored texts of its fields, one after another. */
  private String value() {
    Projection<D> projection = shape.projection();
    if (projection == null) {
      return TableLayout.DOC;
    }
    StringBuilder text = new StringBuilder("'{\"_id\":' || ").append(field("_id"));
    if (projection.creationTime()) {
      text.append(" || ',\"_creationTime\":' || ").append(field("_creationTime"));
    }
    for (Field<D, ?> field : projection.fields()) {
      text.append(" || ifnull(',\"").append(field.name()).append("\":' || ");
      text.append(field(field.name())).append(", '')");
    }
    return text.append(" || '}'").toString();
  }

  private static String field(String name) {
    return "(" + TableLayout.DOC + " -> '$.\"" + name + "\"')";
  }
}
