package lunora.bridge.host;

import java.util.ArrayList;
import java.util.List;
import lunora.bridge.raw.JsD1Result;
import lunora.bridge.workers.D1Result;
import lunora.bridge.workers.D1Session;
import lunora.bridge.workers.D1Statement;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.GlobalStatement;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * A session of a D1 database. Rows come back in one piece; a refused statement throws {@link
 * lunora.bridge.workers.SqlException}.
 *
 * @see <a href="https://developers.cloudflare.com/d1/worker-api/d1-database/#withsession">Sessions
 *     of D1</a>
 */
final class CfGlobalSession implements GlobalSession {

  private final D1Session session;

  CfGlobalSession(D1Session session) {
    this.session = session;
  }

  @Override
  public SqlRows query(String sql, @Nullable Object... params) {
    return new CfSqlRows(prepared(sql, params).rawRows());
  }

  @Override
  public long execute(String sql, @Nullable Object... params) {
    return prepared(sql, params).run().changes();
  }

  @Override
  public List<SqlRows> batch(List<GlobalStatement> statements) {
    List<D1Statement> prepared = new ArrayList<>(statements.size());
    for (GlobalStatement statement : statements) {
      prepared.add(prepared(statement.sql(), statement.params().toArray()));
    }
    List<SqlRows> rows = new ArrayList<>(statements.size());
    for (D1Result result : session.batch(prepared)) {
      rows.add(new CfSqlRows(cells(result.raw())));
    }
    return rows;
  }

  private D1Statement prepared(String sql, @Nullable Object... params) {
    D1Statement statement = session.prepare(sql);
    return params.length == 0 ? statement : statement.bind(params);
  }

  @Override
  public @Nullable String bookmark() {
    return session.bookmark();
  }

  /** A batch has rows by name only, whose properties are in the order of the columns. */
  @JSBody(
      params = "result",
      script =
          "return (result.results || []).map(function (row) {"
              + "  return Object.values(row).map(function (cell) {"
              + "    return Array.isArray(cell) ? Uint8Array.from(cell).buffer : cell; }); });")
  private static native JSObject cells(JsD1Result result);
}
