package lunora.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lunora.host.local.JsonTexts;
import lunora.oplog.RowWrite;
import lunora.schema.Projection;
import lunora.schema.Table;
import lunora.store.RowImage;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row over one or several writes: how it stood before the first of them and
 * stands after the last.
 *
 * @param <D> the document
 */
public final class RowChange<D> {

  private final Table<D> table;
  private final String id;
  private final @Nullable RowImage<D> before;
  private @Nullable RowImage<D> after;
  private int writes;
  private final Map<Projection<D>, JsonText> values = new HashMap<>();

  private record Row(Table<?> table, String id) {}

  private RowChange(Table<D> table, String id, @Nullable RowImage<D> before) {
    this.table = table;
    this.id = id;
    this.before = before;
  }

  /** The writes by row, rows in the order in which they were first written. */
  public static List<RowChange<?>> of(List<RowWrite<?>> writes) {
    Map<Row, RowChange<?>> byRow = new HashMap<>();
    List<RowChange<?>> changes = new ArrayList<>();
    for (RowWrite<?> write : writes) {
      take(write, byRow, changes);
    }
    return changes;
  }

  @SuppressWarnings("unchecked") // changes are kept under their own table
  private static <D> void take(
      RowWrite<D> write, Map<Row, RowChange<?>> byRow, List<RowChange<?>> changes) {
    RowImage<D> image = write.after() != null ? write.after() : write.before();
    if (image == null) {
      return;
    }
    Row row = new Row(write.table(), image.doc().id().value());
    RowChange<D> change = (RowChange<D>) byRow.get(row);
    if (change == null) {
      change = new RowChange<>(write.table(), row.id(), write.before());
      byRow.put(row, change);
      changes.add(change);
    }
    change.after = write.after();
    change.writes++;
  }

  public Table<D> table() {
    return table;
  }

  /** How the row stood before the first write; null when it was not there. */
  public @Nullable RowImage<D> before() {
    return before;
  }

  /** How the row stands after the last write; null when it is gone. */
  public @Nullable RowImage<D> after() {
    return after;
  }

  /**
   * What a client of the shape has to be told, or null when the row neither was nor is in it. Only
   * a row written once can be an insert: one that several writes made is told as an update.
   */
  public @Nullable RowOp opFor(ShapeDefinition<D> shape, JsonTexts texts) {
    RowImage<D> row = after;
    if (row != null && shape.contains(row)) {
      boolean fresh = before == null && writes == 1;
      return new RowOp(fresh ? RowOp.Kind.INSERT : RowOp.Kind.UPDATE, id, value(shape, row, texts));
    }
    return before != null && shape.contains(before) ? new RowOp(RowOp.Kind.DELETE, id, null) : null;
  }

  /** Shapes that pass on the same parts of the row share the text. */
  private JsonText value(ShapeDefinition<D> shape, RowImage<D> row, JsonTexts texts) {
    Projection<D> projection = shape.projection();
    if (projection == null) {
      return row.doc().json();
    }
    JsonText value = values.get(projection);
    if (value == null) {
      value = shape.value(row.doc(), texts);
      values.put(projection, value);
    }
    return value;
  }
}
