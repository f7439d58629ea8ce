package lunora.bridge.workers;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * One row, read by the names of its columns. Of two columns with one name the last one counts.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#returns">Cursor</a>
 */
public final class SqlRow {

  private final JSObject js;

  SqlRow(JSObject js) {
    this.js = js;
  }

  public boolean isNull(String column) {
    return get(column) == null;
  }

  /** A text; any other type throws {@link IllegalStateException}. */
  public String text(String column) {
    if (get(column) instanceof String text) {
      return text;
    }
    throw wrong(column, "text");
  }

  /** A number; integers beyond 2^53 were rounded by the platform. */
  public double number(String column) {
    if (get(column) instanceof Double number) {
      return number;
    }
    throw wrong(column, "a number");
  }

  public byte[] blob(String column) {
    if (get(column) instanceof byte[] bytes) {
      return bytes;
    }
    throw wrong(column, "a blob");
  }

  /** Whatever stands there: null, {@link Double}, {@link String} or {@code byte[]}. */
  public @Nullable Object get(String column) {
    if (!has(js, column)) {
      throw new IllegalStateException("no column " + column);
    }
    return StorageValues.toJava(cell(js, column));
  }

  private static IllegalStateException wrong(String column, String type) {
    return new IllegalStateException("column " + column + " is not " + type);
  }

  @JSBody(
      params = {"row", "column"},
      script = "return Object.prototype.hasOwnProperty.call(row, column);")
  private static native boolean has(JSObject row, String column);

  @JSBody(
      params = {"row", "column"},
      script = "return row[column];")
  private static native @Nullable JSObject cell(JSObject row, String column);
}
