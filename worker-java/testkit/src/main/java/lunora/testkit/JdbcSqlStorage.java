package lunora.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * One shard's SQLite database over JDBC, in memory or in a file, with the limits of Cloudflare.
 *
 * <p>It also refuses what only production refuses: values and rows over 2,000,000 bytes. The test
 * that opens it closes it; a closed file database is opened again with {@link #reopen}.
 */
public final class JdbcSqlStorage implements SqlStorage, AutoCloseable {

  private static final String MEMORY = "jdbc:sqlite::memory:";
  private static final int PREPARED_MAX = 500;

  private final String url;
  private final Map<String, PreparedSql> prepared = new HashMap<>();
  private final List<String> statements = new ArrayList<>();
  private final List<Runnable> undos = new ArrayList<>();
  private @Nullable Connection connection;
  private boolean inTransaction;
  private long rowsRead;

  private JdbcSqlStorage(String url) {
    this.url = url;
    connection = connect();
  }

  /** A fresh database in memory; closing it destroys it. */
  public static JdbcSqlStorage inMemory() {
    return new JdbcSqlStorage(MEMORY);
  }

  /** The database in the file, created when it does not exist. */
  public static JdbcSqlStorage inFile(Path file) {
    return new JdbcSqlStorage("jdbc:sqlite:" + file.toAbsolutePath());
  }

  @Override
  public SqlRows query(String sql, @Nullable Object... params) {
    SqlParams.check(params);
    PreparedSql statement = single(sql);
    SqlRules.checkReads(statement.parts().get(0));
    JdbcSqlRows rows = run(statement, params);
    rowsRead += rows.size();
    return rows;
  }

  @Override
  public void execute(String sql, @Nullable Object... params) {
    SqlParams.check(params);
    if (params.length > 0) {
      PreparedSql statement = single(sql);
      SqlRules.checkWrites(statement.parts().get(0));
      run(statement, params);
      return;
    }
    for (SqlText.Statement part : prepare(sql).parts()) {
      SqlRules.checkWrites(part);
      run(prepare(part.sql()), params);
    }
  }

  @Override
  public <T extends @Nullable Object> T transaction(Supplier<T> body) {
    if (inTransaction) {
      throw new IllegalStateException("transactions do not nest");
    }
    control("BEGIN IMMEDIATE");
    inTransaction = true;
    boolean done = false;
    try {
      T result = body.get();
      control("COMMIT");
      done = true;
      return result;
    } finally {
      inTransaction = false;
      if (!done) {
        rollback();
        undos.forEach(Runnable::run);
      }
      undos.clear();
    }
  }

  /** Lets what else belongs to the running transaction be undone with it; outside of one, never. */
  void onRollback(Runnable undo) {
    if (inTransaction) {
      undos.add(0, undo);
    }
  }

  @Override
  public long sizeBytes() {
    try (Statement statement = open().createStatement();
        ResultSet size =
            statement.executeQuery(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")) {
      return size.getLong(1);
    } catch (SQLException e) {
      throw new SqlFailure("sizeBytes", e);
    }
  }

  /** The statements run since {@link #resetStatements}, without BEGIN, COMMIT and ROLLBACK. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /** The rows that queries returned since {@link #resetStatements}. */
  @Override
  public long rowsRead() {
    return rowsRead;
  }

  /** Forgets the statements and rows counted so far. */
  public void resetStatements() {
    statements.clear();
    rowsRead = 0;
  }

  /** Whether a transaction is running. */
  public boolean inTransaction() {
    return inTransaction;
  }

  /**
   * Closes and opens the database again, as a restart of the object does. One in memory is kept: it
   * stands for a file.
   */
  public void reopen() {
    if (url.equals(MEMORY) && connection != null) {
      return;
    }
    close();
    connection = connect();
  }

  /** The whole database as it is committed now, for {@link #restore}. */
  public byte[] copy() {
    try {
      return open().unwrap(SQLiteConnection.class).serialize("main");
    } catch (SQLException e) {
      throw new SqlFailure("copy", e);
    }
  }

  /** Puts an older {@link #copy} in place of a database in memory, as a point-in-time restore. */
  public void restore(byte[] copy) {
    if (!url.equals(MEMORY)) {
      throw new IllegalStateException("only a database in memory is restored: " + url);
    }
    close();
    Connection restored = connect();
    connection = restored;
    try {
      restored.unwrap(SQLiteConnection.class).deserialize("main", copy);
    } catch (SQLException e) {
      throw new SqlFailure("restore", e);
    }
  }

  /** Closes the database; a running transaction is lost, as in a crash. */
  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    prepared.clear();
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      throw new SqlFailure("close", e);
    }
  }

  private JdbcSqlRows run(PreparedSql statement, @Nullable Object[] params) {
    statements.add(statement.sql());
    return statement.run(open(), params);
  }

  private Connection open() {
    if (connection == null) {
      throw new IllegalStateException("the database is closed");
    }
    return connection;
  }

  private Connection connect() {
    try {
      Connection opened = DriverManager.getConnection(url);
      SqlLimits.apply(opened);
      return opened;
    } catch (SQLException e) {
      throw new SqlFailure(url, e);
    }
  }

  private void control(String sql) {
    try (Statement statement = open().createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw new SqlFailure(sql, e);
    }
  }

  /** Never hides what ended the transaction: SQLite may have rolled back by itself. */
  private void rollback() {
    Connection running = connection;
    if (running == null) {
      return;
    }
    try (Statement statement = running.createStatement()) {
      statement.executeUpdate("ROLLBACK");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw new SqlFailure("ROLLBACK", e);
      }
    }
  }

  private PreparedSql single(String sql) {
    PreparedSql statement = prepare(sql);
    if (statement.parts().size() != 1) {
      throw new SqlFailure("one statement expected: " + sql);
    }
    return statement;
  }

  private PreparedSql prepare(String sql) {
    PreparedSql cached = prepared.get(sql);
    if (cached == null) {
      cached = PreparedSql.of(sql);
      if (prepared.size() >= PREPARED_MAX) {
        prepared.values().forEach(PreparedSql::close);
        prepared.clear();
      }
      prepared.put(sql, cached);
    }
    return cached;
  }
}
