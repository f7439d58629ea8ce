package lunora.testkit.contract;

import static lunora.testkit.contract.SqlStorageContract.count;
import static lunora.testkit.contract.SqlStorageContract.onTable;

import java.util.List;
import java.util.function.Supplier;
import lunora.host.local.SqlStorage;

/** What a transaction keeps and what it takes back. */
final class SqlTransactionCases {

  private static final String INSERT = "INSERT INTO t (k, v) VALUES (?, ?)";

  private SqlTransactionCases() {}

  static List<ContractCase<SqlStorage>> cases() {
    return List.of(
        onTable("a transaction commits and answers", SqlTransactionCases::commits),
        onTable("a transaction may answer null", SqlTransactionCases::answersNull),
        onTable("a throw rolls back and comes out as it is", SqlTransactionCases::rollsBack),
        onTable("an Error rolls back and comes out as it is", SqlTransactionCases::error),
        onTable("tables made in a transaction are rolled back", SqlTransactionCases::schema),
        onTable("transactions do not nest", SqlTransactionCases::nested),
        onTable("a violated constraint spares the transaction", SqlTransactionCases::constraint),
        onTable("a violated constraint may end the transaction", SqlTransactionCases::uncaught),
        onTable("foreign keys are enforced", SqlTransactionCases::foreignKeys),
        onTable("a failed statement leaves no part of itself", SqlTransactionCases::statement),
        onTable("a failed list keeps what ran before", SqlTransactionCases::list));
  }

  private static void commits(SqlStorage sql) {
    String answer =
        sql.transaction(
            () -> {
              sql.execute(INSERT, 1, "a");
              return sql.query("SELECT v FROM t").text(0, 0);
            });
    Check.equal("a", answer);
    Check.number(1, count(sql));
  }

  private static void answersNull(SqlStorage sql) {
    Check.equal(null, sql.<Object>transaction(() -> null));
  }

  private static void rollsBack(SqlStorage sql) {
    sql.execute(INSERT, 1, "stays");
    RuntimeException thrown = new IllegalStateException("mine");
    RuntimeException caught =
        Check.refused(
            "the body's exception",
            () ->
                sql.transaction(
                    () -> {
                      sql.execute(INSERT, 2, "goes");
                      sql.execute("DELETE FROM t WHERE k = 1");
                      throw thrown;
                    }));
    Check.that(caught == thrown, "the same exception");
    Check.number(1, count(sql));
    Check.equal("stays", sql.query("SELECT v FROM t").text(0, 0));
    commitsAfter(sql);
  }

  private static void error(SqlStorage sql) {
    Error thrown = new AssertionError("mine");
    Supplier<String> body =
        () -> {
          sql.execute(INSERT, 1, "goes");
          throw thrown;
        };
    Throwable caught = null;
    try {
      sql.transaction(body);
    } catch (AssertionError e) {
      caught = e;
    }
    Check.that(caught == thrown, "the same error");
    Check.number(0, count(sql));
    commitsAfter(sql);
  }

  private static void commitsAfter(SqlStorage sql) {
    sql.transaction(
        () -> {
          sql.execute(INSERT, 99, "later");
          return 0;
        });
    Check.number(1, sql.query("SELECT count(*) FROM t WHERE k = 99").number(0, 0));
  }

  private static void schema(SqlStorage sql) {
    sql.execute("DROP TABLE IF EXISTS u");
    Check.refused(
        "the body's exception",
        () ->
            sql.transaction(
                () -> {
                  sql.execute("CREATE TABLE u (a)");
                  sql.execute("INSERT INTO u (a) VALUES (1)");
                  throw new IllegalStateException("mine");
                }));
    Check.refused("a table that was rolled back", () -> sql.query("SELECT * FROM u"));
  }

  private static void nested(SqlStorage sql) {
    sql.transaction(
        () -> {
          sql.execute(INSERT, 1, "a");
          Check.refused("a nested transaction", () -> sql.transaction(() -> 1));
          sql.execute(INSERT, 2, "b");
          return 0;
        });
    Check.number(2, count(sql));
  }

  private static void constraint(SqlStorage sql) {
    sql.execute(INSERT, 1, "a");
    sql.transaction(
        () -> {
          sql.execute(INSERT, 2, "b");
          Check.refused("a second row of one key", () -> sql.execute(INSERT, 1, "c"));
          sql.execute(INSERT, 3, "d");
          return 0;
        });
    Check.number(3, count(sql));
  }

  private static void uncaught(SqlStorage sql) {
    sql.execute(INSERT, 1, "a");
    Check.refused(
        "a second row of one key",
        () ->
            sql.transaction(
                () -> {
                  sql.execute(INSERT, 2, "b");
                  sql.execute(INSERT, 1, "c");
                  return 0;
                }));
    Check.number(1, count(sql));
    commitsAfter(sql);
  }

  private static void foreignKeys(SqlStorage sql) {
    sql.execute("DROP TABLE IF EXISTS u; CREATE TABLE u (p INTEGER REFERENCES t (k))");
    Check.refused("a reference to nothing", () -> sql.execute("INSERT INTO u (p) VALUES (?)", 404));
    sql.execute("DROP TABLE u");
  }

  private static void statement(SqlStorage sql) {
    sql.execute(INSERT, 2, "a");
    Check.refused(
        "the second of three rows",
        () -> sql.execute("INSERT INTO t (k, v) VALUES (1, 'x'), (2, 'y'), (3, 'z')"));
    Check.number(1, count(sql));
  }

  private static void list(SqlStorage sql) {
    sql.execute(INSERT, 2, "a");
    Check.refused(
        "the second of three statements",
        () ->
            sql.execute(
                "INSERT INTO t (k) VALUES (1); INSERT INTO t (k) VALUES (2);"
                    + " INSERT INTO t (k) VALUES (3)"));
    Check.number(2, count(sql));
  }
}
