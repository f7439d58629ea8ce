package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.raw.JsD1Result;
import lunora.bridge.raw.JsD1Statement;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsSqlParams;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/**
 * A prepared statement of D1. Whatever runs it suspends and throws {@link SqlException} when it is
 * refused.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/prepared-statements/">Prepared
 *     statements</a>
 */
public final class D1Statement {

  private final JsD1Statement js;

  D1Statement(JsD1Statement js) {
    this.js = js;
  }

  /**
   * The same statement with values for its question marks. Does not suspend.
   *
   * @param params at most 100: null, {@link String}, {@link lunora.wire.JsonText}, {@link Integer},
   *     {@link Long} up to 2^53, {@link Double}, {@code byte[]}
   */
  public D1Statement bind(@Nullable Object... params) {
    JSObject call = JsSqlParams.call("", params);
    return Js.call(() -> new D1Statement(bound(js, call)));
  }

  /** All rows, with figures. */
  public D1Result all() {
    try {
      return new D1Result(result(Js.await(() -> js.all())));
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  /** The figures of a statement that writes. */
  public D1Result run() {
    try {
      return new D1Result(result(Js.await(() -> js.run())));
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  /** The first row, or null when there is none. */
  public @Nullable SqlRow first() {
    JSObject row;
    try {
      row = Awaited.nullable(Js.await(() -> js.first()));
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
    return row == null ? null : new SqlRow(D1Result.withBlobs(row));
  }

  /**
   * All rows as lists of their cells: null, {@link Double}, {@link String} or {@code byte[]}. The
   * way to read two columns of one name.
   */
  public List<List<@Nullable Object>> raw() {
    JSArrayReader<JSObject> rows = array(rawRows());
    List<List<@Nullable Object>> list = new ArrayList<>(rows.getLength());
    for (int i = 0; i < rows.getLength(); i++) {
      list.add(cells(array(rows.get(i))));
    }
    return list;
  }

  /** The platform's array of arrays, with blobs as {@code ArrayBuffer}. */
  public JSObject rawRows() {
    JSObject options = new JsOptions().flag("columnNames", false).js();
    try {
      return blobs(Awaited.object(Js.await(() -> js.raw(options))));
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

  JsD1Statement js() {
    return js;
  }

  @JSBody(
      params = {"statement", "call"},
      script = "return statement.bind.apply(statement, call.slice(1));")
  private static native JsD1Statement bound(JsD1Statement statement, JSObject call);

  /** D1 answers with a list of numbers for a blob. */
  @JSBody(
      params = "rows",
      script =
          "rows.forEach(function (row) { row.forEach(function (cell, i) {"
              + "  if (Array.isArray(cell)) row[i] = Uint8Array.from(cell).buffer; }); });"
              + "return rows;")
  private static native JSObject blobs(JSObject rows);

  @JSBody(params = "value", script = "return value;")
  private static native JsD1Result result(@Nullable JSObject value);

  @JSBody(params = "value", script = "return value;")
  private static native JSArrayReader<JSObject> array(@Nullable JSObject value);
}
