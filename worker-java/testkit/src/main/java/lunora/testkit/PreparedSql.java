package lunora.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checked text; compiled when it first runs, since what comes before it may make its tables. */
final class PreparedSql {

  private static final int PARAMS_MAX = 100;

  private final String sql;
  private final List<SqlText.Statement> parts;
  private @Nullable PreparedStatement compiled;

  private PreparedSql(String sql, List<SqlText.Statement> parts) {
    this.sql = sql;
    this.parts = parts;
  }

  static PreparedSql of(String sql) {
    SqlLimits.checkLength(sql);
    List<SqlText.Statement> parts = SqlText.split(sql);
    parts.forEach(SqlRules::check);
    return new PreparedSql(sql, parts);
  }

  String sql() {
    return sql;
  }

  /** The statements of the text, at least one. */
  List<SqlText.Statement> parts() {
    return parts;
  }

  /** Runs the text, which is one statement. */
  JdbcSqlRows run(Connection connection, @Nullable Object[] params) {
    if (params.length > PARAMS_MAX) {
      throw new SqlFailure("too many SQL variables: " + params.length);
    }
    try {
      PreparedStatement statement = compiled;
      if (statement == null) {
        statement = connection.prepareStatement(sql);
        compiled = statement;
      }
      SqlParams.bind(statement, params);
      return drain(statement);
    } catch (SQLException e) {
      close();
      throw new SqlFailure(sql, e);
    }
  }

  private static JdbcSqlRows drain(PreparedStatement statement) throws SQLException {
    if (!statement.execute()) {
      return JdbcSqlRows.none();
    }
    try (ResultSet result = statement.getResultSet()) {
      return JdbcSqlRows.drain(result);
    }
  }

  void close() {
    PreparedStatement statement = compiled;
    compiled = null;
    if (statement == null) {
      return;
    }
    try {
      statement.close();
    } catch (SQLException e) {
      throw new SqlFailure(sql, e);
    }
  }
}
