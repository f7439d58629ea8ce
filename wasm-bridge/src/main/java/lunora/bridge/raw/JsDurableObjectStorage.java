package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * The storage of one Durable Object.
 *
 * @see <a
 *     href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/">Cloudflare
 *     documentation</a>
 */
public interface JsDurableObjectStorage extends JSObject {

  @JSProperty
  JsSqlStorage getSql();

  /** Runs the action in one transaction; whatever it throws rolls back and is thrown on. */
  void transactionSync(JsAction action);
}
