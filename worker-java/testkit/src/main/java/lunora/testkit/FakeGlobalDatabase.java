package lunora.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lunora.host.local.SqlRows;
import lunora.host.remote.GlobalDatabase;
import lunora.host.remote.GlobalSession;
import lunora.host.remote.GlobalStatement;
import org.jspecify.annotations.Nullable;

/**
 * A global database with one replica that a test can let lag: then it answers with what it had,
 * unless the session has seen more. The test that makes it closes it.
 *
 * <p>The replica runs each writing statement once more: none may use random numbers or the time.
 */
public final class FakeGlobalDatabase implements GlobalDatabase, AutoCloseable {

  private static final String BOOKMARK_FORMAT = "%08x-00000000-fake";

  private final JdbcSqlStorage primary = JdbcSqlStorage.inMemory();
  private final JdbcSqlStorage replica = JdbcSqlStorage.inMemory();
  private final List<GlobalStatement> writes = new ArrayList<>();
  private int replicated;
  private boolean lagging;
  private boolean losing;
  private boolean broken;

  /** From now on the replica gets nothing new by itself. */
  public void lag() {
    lagging = true;
  }

  /** Does the next batch, but lets its answer be lost. */
  public void loseAnswer() {
    losing = true;
  }

  /** From now on every statement fails, as while the database cannot be reached. */
  public void breakDown() {
    broken = true;
  }

  /** Ends what {@link #breakDown} began. */
  public void mend() {
    broken = false;
  }

  /** Ends what {@link #lag} began. */
  public void catchUp() {
    lagging = false;
    replicate(writes.size());
  }

  /** The database that is never behind. */
  public JdbcSqlStorage primary() {
    return primary;
  }

  @Override
  public GlobalSession start(Start where) {
    return new Session(where, null);
  }

  @Override
  public GlobalSession resume(String bookmark) {
    return new Session(Start.ANYWHERE, bookmark);
  }

  @Override
  public void close() {
    primary.close();
    replica.close();
  }

  private void replicate(int upTo) {
    while (replicated < upTo) {
      run(replica, writes.get(replicated));
      replicated++;
    }
  }

  private void written(GlobalStatement statement) {
    writes.add(statement);
    if (!lagging) {
      replicate(writes.size());
    }
  }

  private static SqlRows run(JdbcSqlStorage database, GlobalStatement statement) {
    Object[] params = statement.params().toArray();
    if (returnsRows(statement.sql())) {
      return database.query(statement.sql(), params);
    }
    database.execute(statement.sql(), params);
    return JdbcSqlRows.none();
  }

  private static boolean returnsRows(String sql) {
    String text = sql.strip().toLowerCase(Locale.ROOT);
    return onlyReads(sql) || text.contains("returning");
  }

  private static boolean onlyReads(String sql) {
    String text = sql.strip().toLowerCase(Locale.ROOT);
    return text.startsWith("select") || text.startsWith("pragma") || text.startsWith("with");
  }

  private final class Session implements GlobalSession {

    private final Start where;
    private final @Nullable String resumed;
    private int seen;
    private boolean started;

    Session(Start where, @Nullable String resumed) {
      this.where = where;
      this.resumed = resumed;
    }

    @Override
    public SqlRows query(String sql, @Nullable Object... params) {
      begin();
      if (!onlyReads(sql)) {
        GlobalStatement statement = GlobalStatement.of(sql, params);
        SqlRows rows = run(primary, statement);
        written(statement);
        seen = writes.size();
        return rows;
      }
      replicate(seen);
      SqlRows rows = replica.query(sql, params);
      seen = replicated;
      return rows;
    }

    @Override
    public long execute(String sql, @Nullable Object... params) {
      begin();
      primary.execute(sql, params);
      long changes = (long) primary.query("SELECT changes()").number(0, 0);
      written(GlobalStatement.of(sql, params));
      seen = writes.size();
      return changes;
    }

    @Override
    public List<SqlRows> batch(List<GlobalStatement> statements) {
      begin();
      List<SqlRows> results =
          primary.transaction(
              () -> {
                List<SqlRows> all = new ArrayList<>();
                statements.forEach(each -> all.add(run(primary, each)));
                return all;
              });
      for (GlobalStatement statement : statements) {
        if (!onlyReads(statement.sql())) {
          written(statement);
        }
      }
      seen = writes.size();
      if (losing) {
        losing = false;
        throw new SqlFailure("the connection was lost");
      }
      return results;
    }

    @Override
    public @Nullable String bookmark() {
      return started ? BOOKMARK_FORMAT.formatted(seen) : null;
    }

    private void begin() {
      if (broken) {
        throw new SqlFailure("D1_ERROR: Network connection lost.");
      }
      if (started) {
        return;
      }
      seen = resumed == null ? where == Start.PRIMARY ? writes.size() : 0 : position(resumed);
      started = true;
    }

    private int position(String bookmark) {
      int position;
      try {
        position = Integer.parseInt(bookmark, 0, Math.min(8, bookmark.length()), 16);
      } catch (NumberFormatException e) {
        throw new SqlFailure("no bookmark: " + bookmark, e);
      }
      if (!BOOKMARK_FORMAT.formatted(position).equals(bookmark) || position > writes.size()) {
        throw new SqlFailure("no bookmark: " + bookmark);
      }
      return position;
    }
  }
}
