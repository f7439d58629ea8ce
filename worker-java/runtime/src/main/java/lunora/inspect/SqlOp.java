package lunora.inspect;

import lunora.error.LunoraException;
import lunora.host.local.ShardHost;
import lunora.host.local.SqlRows;
import lunora.rpc.InputFields;
import lunora.wire.JsonSink;
import lunora.wire.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * SQL that only reads. The statement becomes a view, which no statement but one that reads can be;
 * the view tells the names of its columns; and the transaction that it is made in is undone in any
 * case, whatever was done in it.
 */
public final class SqlOp {

  /** The most rows of one answer. */
  static final int ROWS_MAX = 1_000;

  private static final int SQL_UNITS_MAX = 50_000;
  private static final String VIEW = "\"__lunora_run_sql\"";

  private final ShardHost host;

  private SqlOp(ShardHost host) {
    this.host = host;
  }

  /** Adds it. */
  public static void add(ShardOps ops, ShardHost host) {
    SqlOp op = new SqlOp(host);
    ops.addReading("runSql", args -> op.run(new InputFields(args)));
  }

  /** Ends a transaction that is to leave nothing behind. */
  private static final class Undone extends RuntimeException {

    private static final long serialVersionUID = 1;

    Undone() {
      super("a transaction that is to leave nothing behind");
    }
  }

  private JsonText run(InputFields args) {
    String given = args.textOrNull("sql");
    String sql = given == null ? args.text("query") : given;
    if (sql.length() > SQL_UNITS_MAX) {
      throw InputFields.invalid("at most " + SQL_UNITS_MAX + " characters");
    }
    String statement = ReadOnlySql.check(sql);
    int limit = args.number("limit", ROWS_MAX, 1, ROWS_MAX);
    JsonText[] read = new JsonText[1];
    try {
      host.sql()
          .transaction(
              () -> {
                read[0] = read(statement, limit);
                throw new Undone();
              });
    } catch (Undone e) {
      return read[0];
    }
    throw new IllegalStateException("a transaction that throws does not end otherwise");
  }

  private JsonText read(String statement, int limit) {
    SqlRows columns;
    SqlRows rows;
    try {
      host.sql().execute("CREATE VIEW " + VIEW + " AS SELECT * FROM (\n" + statement + "\n)");
      columns = host.sql().query("PRAGMA table_info(" + VIEW + ")");
      String select = "SELECT * FROM " + VIEW + " LIMIT " + (limit + 1);
      SqlCost.check(host.sql(), select, statement);
      rows = host.sql().query(select);
    } catch (LunoraException e) {
      throw e;
    } catch (RuntimeException e) {
      throw InputFields.invalid("SQLite: " + e.getMessage());
    }
    JsonSink sink = host.texts().sink().raw("{\"columns\":[");
    for (int row = 0; row < columns.size(); row++) {
      sink.raw(row == 0 ? "" : ",").string(columns.text(row, 1));
    }
    sink.raw("],\"rows\":[");
    int shown = Math.min(rows.size(), limit);
    for (int row = 0; row < shown; row++) {
      sink.raw(row == 0 ? "[" : ",[");
      for (int column = 0; column < columns.size(); column++) {
        sink.raw(column == 0 ? "" : ",");
        writeCell(rows.key(row, column), sink);
      }
      sink.raw("]");
    }
    sink.raw("],\"truncated\":").raw(String.valueOf(rows.size() > limit));
    return sink.raw("}").finish();
  }

  private static void writeCell(@Nullable Object cell, JsonSink sink) {
    if (cell == null) {
      sink.raw("null");
    } else if (cell instanceof Double number) {
      if (Double.isFinite(number)) {
        sink.number(number);
      } else {
        sink.string(String.valueOf(number));
      }
    } else if (cell instanceof byte[] bytes) {
      sink.string("<" + bytes.length + " bytes>");
    } else {
      sink.string(String.valueOf(cell));
    }
  }
}
