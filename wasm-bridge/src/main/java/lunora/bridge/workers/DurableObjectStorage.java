package lunora.bridge.workers;

import java.util.List;
import java.util.Map;
import lunora.bridge.raw.JsDurableObjectStorage;
import lunora.bridge.value.Js;
import lunora.bridge.value.JsErrors;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;
import org.teavm.jso.core.JSArrayReader;
import org.teavm.jso.core.JSString;

/**
 * The storage of one Durable Object.
 *
 * <p>Values are {@link String}, {@link Number} (kept as a double), {@link Boolean} or {@code
 * byte[]}; they come back as such, numbers as {@link Double}. Key and value together have at most 2
 * MB.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/">Storage
 *     API</a>
 */
public final class DurableObjectStorage {

  /** The body of a transaction. Must not suspend. */
  @FunctionalInterface
  public interface Transaction<T extends @Nullable Object> {
    T run();
  }

  private final JsDurableObjectStorage js;
  private final SqlDatabase sql;
  private boolean inTransaction;

  DurableObjectStorage(JsDurableObjectStorage js) {
    this.js = js;
    this.sql = new SqlDatabase(js.getSql());
  }

  public SqlDatabase sql() {
    return sql;
  }

  public SyncKeyValues keyValues() {
    return new SyncKeyValues(js.getKv());
  }

  public Alarms alarms() {
    return new Alarms(js);
  }

  public PointInTime pointInTime() {
    return new PointInTime(js);
  }

  /**
   * Runs the body in one transaction: it commits when the body returns and rolls back, leaving no
   * trace, when it throws. Does not suspend.
   *
   * @throws IllegalStateException inside another: the platform would allow it, but what a rollback
   *     of the inner one leaves is not what a reader expects
   */
  public <T extends @Nullable Object> T transactionSync(Transaction<T> body) {
    if (inTransaction) {
      throw new IllegalStateException("transactions do not nest");
    }
    Attempt<T> attempt = new Attempt<>(body);
    inTransaction = true;
    try {
      js.transactionSync(attempt::run);
    } catch (Throwable e) {
      throw attempt.ran ? SqlException.of(e) : JsErrors.unchecked(e);
    } finally {
      inTransaction = false;
    }
    return attempt.result();
  }

  /** A transaction of work that may suspend, which other events may come into. Suspends. */
  public void transaction(Work body) {
    Awaited.nothing(() -> js.transaction(() -> Pending.promise(body)));
  }

  /** The value; null when there is none. Suspends. */
  public @Nullable Object get(String key) {
    return get(key, StorageOptions.DEFAULT);
  }

  public @Nullable Object get(String key, StorageOptions options) {
    return StorageValues.toJava(Awaited.value(() -> js.get(key, options.js())));
  }

  /** The values of those keys, at most 128, that are there. Suspends. */
  public Map<String, Object> get(List<String> keys) {
    JSArrayReader<JSString> list = JsOptions.strings(keys);
    JSObject options = StorageOptions.DEFAULT.js();
    return StorageValues.pairs(Awaited.object(Js.await(() -> js.get(list, options))));
  }

  /** Stores the value under the key, in place of any other. Suspends. */
  public void put(String key, Object value) {
    put(key, value, StorageOptions.DEFAULT);
  }

  public void put(String key, Object value, StorageOptions options) {
    Awaited.nothing(() -> js.put(key, StorageValues.toJs(value), options.js()));
  }

  /** Whether the key was there. Suspends. */
  public boolean delete(String key) {
    return Awaited.flag(() -> js.delete(key, StorageOptions.DEFAULT.js()));
  }

  /** How many of the keys, at most 128, were there. Suspends. */
  public int delete(List<String> keys) {
    JSArrayReader<JSString> list = JsOptions.strings(keys);
    return Awaited.count(() -> js.delete(list, StorageOptions.DEFAULT.js()));
  }

  /** Keys and values in the order of the keys, all in memory. Suspends. */
  public Map<String, Object> list(ListOptions options) {
    return StorageValues.pairs(Awaited.object(Js.await(() -> js.list(options.js()))));
  }

  /** Deletes everything, tables included. Suspends. */
  public void deleteAll() {
    Awaited.nothing(() -> js.deleteAll());
  }

  /** Waits until every write is durable. Suspends. */
  public void sync() {
    Awaited.nothing(() -> js.sync());
  }

  /** The platform's object. */
  public JsDurableObjectStorage raw() {
    return js;
  }

  /** Carries the result of the body past JavaScript, without converting it. */
  private static final class Attempt<T extends @Nullable Object> {
    private final Transaction<T> body;
    private @Nullable T result;
    private boolean ran;

    Attempt(Transaction<T> body) {
      this.body = body;
    }

    void run() {
      result = body.run();
      ran = true;
    }

    @SuppressWarnings("NullAway") // Null only where T allows it.
    T result() {
      return result;
    }
  }
}
