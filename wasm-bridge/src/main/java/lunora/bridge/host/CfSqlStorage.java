package lunora.bridge.host;

import java.util.function.Supplier;
import lunora.bridge.raw.JsDurableObjectStorage;
import lunora.bridge.raw.JsSqlStorage;
import lunora.bridge.value.JsErrors;
import lunora.bridge.value.JsSqlParams;
import lunora.bridge.value.Target;
import lunora.bridge.workers.SqlException;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The SQLite database of a Durable Object. One statement is one call into JavaScript, and its rows
 * come back in one piece.
 *
 * <p>A refused statement throws {@link SqlException}. Nothing here suspends.
 *
 * @see <a href="https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/">SQLite
 *     storage API</a>
 */
public final class CfSqlStorage implements SqlStorage {

  /** A double: adding to a long is slow once compiled to JavaScript. */
  private double rowsRead;

  private final JsDurableObjectStorage storage;
  private final JsSqlStorage sql;
  private boolean inTransaction;

  public CfSqlStorage(JsDurableObjectStorage storage) {
    this.storage = storage;
    this.sql = storage.getSql();
  }

  @Override
  public long rowsRead() {
    return (long) rowsRead;
  }

  @Override
  public SqlRows query(String statement, @Nullable Object... params) {
    try {
      CfSqlRows rows = new CfSqlRows(rows(sql, JsSqlParams.call(statement, params)));
      rowsRead += rows.size();
      return rows;
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  @Override
  public void execute(String statement, @Nullable Object... params) {
    try {
      run(sql, JsSqlParams.call(statement, params));
    } catch (RuntimeException e) {
      throw SqlException.of(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T transaction(Supplier<T> body) {
    if (inTransaction) {
      throw new IllegalStateException("transactions do not nest");
    }
    Attempt<T> attempt = new Attempt<>(body);
    inTransaction = true;
    try {
      attempted(attempt);
    } catch (Throwable e) {
      throw attempt.ran ? SqlException.of(e) : JsErrors.unchecked(e);
    } finally {
      inTransaction = false;
    }
    return attempt.result();
  }

  private void attempted(Attempt<?> attempt) {
    if (Target.isJavaScript()) {
      transactionSync(storage, attempt);
    } else {
      storage.transactionSync(attempt::run);
    }
  }

  @Override
  public long sizeBytes() {
    return (long) sql.getDatabaseSize();
  }

  /** Carries the result of the body past JavaScript, without converting it. */
  private static final class Attempt<T extends @Nullable Object> {
    private final Supplier<T> body;
    private @Nullable T result;
    private boolean ran;

    Attempt(Supplier<T> body) {
      this.body = body;
    }

    void run() {
      result = body.get();
      ran = true;
    }

    /** Called by the script, which can call static methods only. */
    static void run(Attempt<?> attempt) {
      attempt.run();
    }

    @SuppressWarnings("NullAway") // Null only where T allows it.
    T result() {
      return result;
    }
  }

  @JSBody(
      params = {"storage", "attempt"},
      script =
          "storage.transactionSync(function () {"
              + "  javaMethods.get('lunora.bridge.host.CfSqlStorage$Attempt.run("
              + "Llunora/bridge/host/CfSqlStorage$Attempt;)V').invoke(attempt);"
              + "});")
  private static native void transactionSync(JsDurableObjectStorage storage, Attempt<?> attempt);

  @JSBody(
      params = {"sql", "call"},
      script = "return sql.exec.apply(sql, call).raw().toArray();")
  private static native JSObject rows(JsSqlStorage sql, JSObject call);

  @JSBody(
      params = {"sql", "call"},
      script = "sql.exec.apply(sql, call);")
  private static native void run(JsSqlStorage sql, JSObject call);
}
