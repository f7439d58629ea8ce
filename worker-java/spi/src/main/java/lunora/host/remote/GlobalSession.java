package lunora.host.remote;

import java.util.List;
import lunora.host.local.SqlRows;
import org.jspecify.annotations.Nullable;

/**
 * Statements of one caller over the global database, each of which sees what those before it saw
 * and did. Parameters are those of {@link lunora.host.local.SqlStorage}. A refused statement throws
 * a runtime exception whose message is SQLite's.
 */
public interface GlobalSession {

  /** The header by which a bookmark comes with a request and goes with its answer. */
  String BOOKMARK_HEADER = "x-d1-bookmark";

  /** Runs one reading statement. May suspend. */
  SqlRows query(String sql, @Nullable Object... params);

  /**
   * Runs one writing statement. May suspend.
   *
   * @return how many rows it inserted, changed or deleted
   */
  long execute(String sql, @Nullable Object... params);

  /**
   * Runs the statements in one transaction: all of them are done, or none. May suspend.
   *
   * @return the rows of each, in order; the columns of one have different names
   */
  List<SqlRows> batch(List<GlobalStatement> statements);

  /** Where the session has got to; null before its first statement. Never suspends. */
  @Nullable String bookmark();
}
