package lunora.bridge.host;

import lunora.bridge.value.JsBinary;
import lunora.bridge.value.JsText;
import lunora.host.local.SqlRows;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSString;

/** Rows as the JavaScript array of arrays that the platform returned; cells cross one by one. */
final class CfSqlRows implements SqlRows {

  private final JSObject rows;
  private final int size;

  CfSqlRows(JSObject rows) {
    this.rows = rows;
    this.size = count(rows);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isNull(int row, int column) {
    return isNull(rows, row, column);
  }

  @Override
  public String text(int row, int column) {
    return found(string(rows, row, column), row, column, "text").stringValue();
  }

  @Override
  public double number(int row, int column) {
    double value = number(rows, row, column);
    if (Double.isNaN(value)) {
      throw wrong(row, column, "a number");
    }
    return value;
  }

  @Override
  public byte[] blob(int row, int column) {
    JSObject buffer = buffer(rows, row, column);
    if (buffer == null) {
      throw wrong(row, column, "a blob");
    }
    return JsBinary.toJava(buffer);
  }

  @Override
  public @Nullable Object key(int row, int column) {
    double number = number(rows, row, column);
    if (!Double.isNaN(number)) {
      return number;
    }
    JSString text = string(rows, row, column);
    if (text != null) {
      return text.stringValue();
    }
    JSObject buffer = buffer(rows, row, column);
    return buffer == null ? null : JsBinary.toJava(buffer);
  }

  @Override
  public JsonText json(int row, int column) {
    return new JsText(found(string(rows, row, column), row, column, "text"));
  }

  @Override
  public JsonText jsonArray(int column) {
    return new JsText(found(joined(rows, column), 0, column, "text in every row"));
  }

  @Override
  public JsonText wrapped(int column, String before, String after) {
    JSString text = wrapped(rows, column, before, after);
    return new JsText(found(text, 0, column, "text in every row"));
  }

  private static JSString found(@Nullable JSString value, int row, int column, String type) {
    if (value == null) {
      throw wrong(row, column, type);
    }
    return value;
  }

  private static IllegalStateException wrong(int row, int column, String type) {
    return new IllegalStateException("row " + row + ", column " + column + " is not " + type);
  }

  @JSBody(params = "rows", script = "return rows.length;")
  private static native int count(JSObject rows);

  @JSBody(
      params = {"rows", "row", "column"},
      script = "return rows[row][column] === null;")
  private static native boolean isNull(JSObject rows, int row, int column);

  @JSBody(
      params = {"rows", "row", "column"},
      script = "var v = rows[row][column]; return typeof v === 'string' ? v : null;")
  private static native @Nullable JSString string(JSObject rows, int row, int column);

  /** SQLite has no NaN, so that NaN can stand for a cell of another type. */
  @JSBody(
      params = {"rows", "row", "column"},
      script = "var v = rows[row][column]; return typeof v === 'number' ? v : NaN;")
  private static native double number(JSObject rows, int row, int column);

  @JSBody(
      params = {"rows", "row", "column"},
      script = "var v = rows[row][column]; return v instanceof ArrayBuffer ? v : null;")
  private static native @Nullable JSObject buffer(JSObject rows, int row, int column);

  @JSBody(
      params = {"rows", "column"},
      script =
          "var text = '[';"
              + "for (var i = 0; i < rows.length; i++) {"
              + "  var v = rows[i][column];"
              + "  if (typeof v !== 'string') return null;"
              + "  text += i === 0 ? v : ',' + v; }"
              + "return text + ']';")
  private static native @Nullable JSString joined(JSObject rows, int column);

  @JSBody(
      params = {"rows", "column", "before", "after"},
      script =
          "var text = '';"
              + "for (var i = 0; i < rows.length; i++) {"
              + "  var v = rows[i][column];"
              + "  if (typeof v !== 'string') return null;"
              + "  text += before + v + after; }"
              + "return text;")
  private static native @Nullable JSString wrapped(
      JSObject rows, int column, String before, String after);
}
