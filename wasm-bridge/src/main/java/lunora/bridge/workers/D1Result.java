package lunora.bridge.workers;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.raw.JsD1Result;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;

/**
 * What a statement of D1 came to. Nothing here suspends.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/return-object/">Return object</a>
 */
public final class D1Result {

  private final JsD1Result js;

  D1Result(JsD1Result js) {
    this.js = js;
  }

  /** The rows; none for a statement that only writes. */
  public List<SqlRow> rows() {
    JSArrayReader<JSObject> results = js.getResults();
    List<SqlRow> rows = new ArrayList<>(results.getLength());
    for (int i = 0; i < results.getLength(); i++) {
      rows.add(new SqlRow(withBlobs(results.get(i))));
    }
    return rows;
  }

  /** How many rows were inserted, changed or deleted. */
  public long changes() {
    return (long) js.getMeta().getChanges();
  }

  /** The row id of the last row inserted; 0 when none was. */
  public long lastRowId() {
    return (long) js.getMeta().getLastRowId();
  }

  /** Rows read, as billed. */
  public long rowsRead() {
    return (long) js.getMeta().getRowsRead();
  }

  /** Rows written, as billed. */
  public long rowsWritten() {
    return (long) js.getMeta().getRowsWritten();
  }

  /** The size of the database afterwards, in bytes. */
  public long sizeBytes() {
    return (long) js.getMeta().getSizeAfter();
  }

  /** How long SQLite took, in milliseconds. */
  public double durationMs() {
    return js.getMeta().getDuration();
  }

  /** The platform's object. */
  public JsD1Result raw() {
    return js;
  }

  /** The row, with each list of numbers, which is what D1 answers for a blob, as bytes. */
  @JSBody(
      params = "row",
      script =
          "Object.keys(row).forEach(function (name) {"
              + "  if (Array.isArray(row[name])) row[name] = Uint8Array.from(row[name]).buffer; });"
              + "return row;")
  static native JSObject withBlobs(JSObject row);
}
