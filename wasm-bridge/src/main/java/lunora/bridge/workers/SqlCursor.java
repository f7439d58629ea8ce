package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.raw.JsIteration;
import lunora.bridge.raw.JsIterator;
import lunora.bridge.raw.JsSqlCursor;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/**
 * The rows of one statement, read as they are asked for. To be read before the next statement that
 * writes and before anything that suspends. Nothing here suspends.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#returns">Cursor</a>
 */
public final class SqlCursor {

  private final JsSqlCursor js;

  SqlCursor(JsSqlCursor js) {
    this.js = js;
  }

  /** The next row; null at the end. */
  public @Nullable SqlRow next() {
    try {
      JsIteration step = js.next();
      return step.isDone() ? null : new SqlRow(Awaited.object(step.getValue()));
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  /**
   * The one row.
   *
   * @throws SqlException unless there is exactly one
   */
  public SqlRow one() {
    try {
      return new SqlRow(js.one());
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  /** The rows that are left. */
  public List<SqlRow> toList() {
    try {
      JSArrayReader<JSObject> rows = js.toArray();
      List<SqlRow> list = new ArrayList<>(rows.getLength());
      for (int i = 0; i < rows.getLength(); i++) {
        list.add(new SqlRow(rows.get(i)));
      }
      return list;
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  /**
   * The rows that are left as lists of their cells: null, {@link Double}, {@link String} or {@code
   * byte[]}. The way to read two columns of one name.
   */
  public List<List<@Nullable Object>> raw() {
    try {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      JsIterator iterator = js.raw();
      for (JsIteration step = iterator.next(); !step.isDone(); step = iterator.next()) {
        rows.add(cells(array(step.getValue())));
      }
      return rows;
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  private static List<@Nullable Object> cells(JSArrayReader<JSObject> row) {
    List<@Nullable Object> cells = new ArrayList<>(row.getLength());
    for (int i = 0; i < row.getLength(); i++) {
      cells.add(StorageValues.toJava(row.get(i)));
    }
    return cells;
  }

  /** The names of the columns, in order. */
  public List<String> columnNames() {
    return JsOptions.texts(js.getColumnNames());
  }

  /** Rows read so far, as billed: index entries count, and it grows as the cursor goes on. */
  public long rowsRead() {
    return (long) js.getRowsRead();
  }

  /** Rows written so far, as billed: every index of a row counts as one more. */
  public long rowsWritten() {
    return (long) js.getRowsWritten();
  }

  @JSBody(params = "value", script = "return value;")
  private static native JSArrayReader<JSObject> array(@Nullable JSObject value);
}
