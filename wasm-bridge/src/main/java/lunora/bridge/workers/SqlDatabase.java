package lunora.bridge.workers;

import lunora.bridge.raw.JsSqlCursor;
import lunora.bridge.raw.JsSqlStorage;
import lunora.bridge.value.JsSqlParams;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The SQLite database of one Durable Object. Nothing here suspends: between two statements nothing
 * else can run, and what one event writes without suspending is written together.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/">SQLite
 *     storage API</a>
 */
public final class SqlDatabase {

  private final JsSqlStorage js;

  SqlDatabase(JsSqlStorage js) {
    this.js = js;
  }

  /**
   * Runs one or more statements, at most 100 KB of text. The cursor is that of the last one.
   *
   * @param params for the question marks of a single statement, at most 100: null, {@link String},
   *     {@link lunora.wire.JsonText}, {@link Integer}, {@link Long} up to 2^53, {@link Double},
   *     {@code byte[]}
   * @throws SqlException when SQLite or the platform refuses a statement
   */
  public SqlCursor exec(String statement, @Nullable Object... params) {
    try {
      return new SqlCursor(exec(js, JsSqlParams.call(statement, params)));
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  /** The size of the database file in bytes. */
  public long sizeBytes() {
    return (long) js.getDatabaseSize();
  }

  /** The platform's object. */
  public JsSqlStorage raw() {
    return js;
  }

  @JSBody(
      params = {"sql", "call"},
      script = "return sql.exec.apply(sql, call);")
  private static native JsSqlCursor exec(JsSqlStorage sql, JSObject call);
}
