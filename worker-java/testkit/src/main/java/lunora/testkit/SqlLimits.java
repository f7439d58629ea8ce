package lunora.testkit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** The limits that Cloudflare's SQLite is built with. */
final class SqlLimits {

  private static final int SQL_BYTES_MAX = 100_000;
  private static final int VALUE_BYTES_MAX = 2_000_000;

  private SqlLimits() {}

  static void apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA foreign_keys = ON");
      statement.executeUpdate("PRAGMA synchronous = OFF");
    }
    SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, SQL_BYTES_MAX);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, 100);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_EXPR_DEPTH, 100);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_COMPOUND_SELECT, 5);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_VDBE_OP, 25_000);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_FUNCTION_ARG, 127);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_VARIABLE_NUMBER, 100);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_TRIGGER_DEPTH, 10);
  }

  /** The whole text counts, however many statements it holds. */
  static void checkLength(String sql) {
    if (sql.getBytes(StandardCharsets.UTF_8).length > SQL_BYTES_MAX) {
      throw new SqlFailure("statement too long: more than " + SQL_BYTES_MAX + " bytes");
    }
  }
}
