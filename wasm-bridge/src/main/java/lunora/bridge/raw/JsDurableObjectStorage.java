package lunora.bridge.raw;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

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

  @JSProperty
  JsSyncKv getKv();

  /** A promise of the value, or of undefined. */
  JsPromise get(String key, JSObject options);

  /** A promise of a {@code Map}. */
  JsPromise get(JSArrayReader<JSString> keys, JSObject options);

  /** A promise of nothing. */
  JsPromise put(String key, JSObject value, JSObject options);

  /** A promise of a boolean: whether the key was there. */
  JsPromise delete(String key, JSObject options);

  /** A promise of a number: how many of the keys were there. */
  JsPromise delete(JSArrayReader<JSString> keys, JSObject options);

  /** A promise of a {@code Map}. */
  JsPromise list(JSObject options);

  /** A promise of nothing. */
  JsPromise deleteAll();

  /** A promise of nothing, kept once every write is durable. */
  JsPromise sync();

  /** Runs the action in one transaction that ends when its promise does. */
  JsPromise transaction(JsAsyncAction action);

  /** A promise of epoch milliseconds, or of null. */
  JsPromise getAlarm();

  /** A promise of nothing. */
  JsPromise setAlarm(double epochMs);

  /** A promise of nothing. */
  JsPromise deleteAlarm();

  /** A promise of a string. */
  JsPromise getCurrentBookmark();

  /** A promise of a string. */
  JsPromise getBookmarkForTime(double epochMs);

  /** A promise of a string: the bookmark that undoes the restore. */
  JsPromise onNextSessionRestoreBookmark(String bookmark);
}
