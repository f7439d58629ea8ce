package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * The rows of one statement, read as they are asked for.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#returns">Cloudflare
 *     documentation</a>
 */
public interface JsSqlCursor extends JSObject {

  JsIteration next();

  /** The one row as an object; throws unless there is exactly one. */
  JSObject one();

  /** The rows that are left, as objects. */
  JSArrayReader<JSObject> toArray();

  /** The rows that are left, as arrays. */
  JsIterator raw();

  @JSProperty
  JSArrayReader<JSString> getColumnNames();

  @JSProperty
  double getRowsRead();

  @JSProperty
  double getRowsWritten();
}
