package lunora.testkit;

/** SQLite, or a rule of the platform around it, refused a statement. */
public final class SqlFailure extends RuntimeException {

  SqlFailure(String message) {
    super(message);
  }

  SqlFailure(String sql, Throwable cause) {
    super(cause.getMessage() + " in: " + shorten(sql), cause);
  }

  private static String shorten(String sql) {
    return sql.length() <= 500 ? sql : sql.substring(0, 500) + "...";
  }
}
