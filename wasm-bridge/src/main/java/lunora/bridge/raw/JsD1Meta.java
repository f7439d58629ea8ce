package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * Figures about a statement of D1.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/return-object/#d1result">Cloudflare
 *     documentation</a>
 */
public interface JsD1Meta extends JSObject {

  @JSProperty
  double getDuration();

  @JSProperty
  double getChanges();

  @JSProperty("last_row_id")
  double getLastRowId();

  @JSProperty("rows_read")
  double getRowsRead();

  @JSProperty("rows_written")
  double getRowsWritten();

  @JSProperty("size_after")
  double getSizeAfter();
}
