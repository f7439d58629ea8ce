package lunora.testkit.contract;

import static lunora.testkit.contract.SqlStorageContract.onTable;

import java.util.ArrayList;
import java.util.List;
import lunora.host.local.SqlStorage;

/** What the platform refuses, at the exact limit. */
final class SqlLimitCases {

  private SqlLimitCases() {}

  static List<ContractCase<SqlStorage>> cases() {
    List<ContractCase<SqlStorage>> cases = new ArrayList<>();
    String[] refused = {
      "BEGIN",
      "begin immediate",
      "/* x */ BEGIN",
      "COMMIT",
      "END",
      "ROLLBACK",
      "SAVEPOINT s",
      "RELEASE s",
      "ATTACH ':memory:' AS z",
      "VACUUM",
      "CREATE TEMP TABLE x (a)",
      "CREATE TEMPORARY VIEW x AS SELECT 1",
      "PRAGMA user_version = 3",
      "PRAGMA journal_mode = DELETE",
      "PRAGMA synchronous = OFF",
      "CREATE TABLE _cf_x (a)",
      "CREATE TABLE \"_CF_x\" (a)",
      "DROP TABLE _cf_KV",
      "",
      "-- only a comment",
      "DELETE FROM t; -- a comment behind",
      "NOT SQL",
      "DELETE FROM nowhere",
    };
    for (String sql : refused) {
      cases.add(onTable("refused: " + sql, on -> Check.refused(sql, () -> on.execute(sql))));
    }
    cases.add(onTable("100 parameters are taken, 101 refused", SqlLimitCases::params));
    cases.add(onTable("each parameter is needed, none is left over", SqlLimitCases::paramCount));
    cases.add(onTable("other types of parameters are refused", SqlLimitCases::paramTypes));
    cases.add(onTable("SQL text ends at 100,000 bytes", SqlLimitCases::textLength));
    cases.add(onTable("a LIKE pattern ends at 50 bytes", SqlLimitCases::like));
    cases.add(onTable("an expression ends at depth 100", SqlLimitCases::depth));
    cases.add(onTable("a compound SELECT ends at 5 terms", SqlLimitCases::compound));
    cases.add(onTable("a result ends at 100 columns", SqlLimitCases::columns));
    cases.add(onTable("a function ends at 127 arguments", SqlLimitCases::arguments));
    cases.add(onTable("a PRAGMA may look at the schema", SqlLimitCases::pragmas));
    return cases;
  }

  private static String repeat(String part, String between, int times) {
    StringBuilder out = new StringBuilder(part);
    for (int i = 1; i < times; i++) {
      out.append(between).append(part);
    }
    return out.toString();
  }

  private static Object[] ones(int count) {
    Object[] params = new Object[count];
    for (int i = 0; i < count; i++) {
      params[i] = 1;
    }
    return params;
  }

  private static void params(SqlStorage sql) {
    String hundred = "SELECT 1 IN (" + repeat("?", ",", 100) + ")";
    Check.number(1, sql.query(hundred, ones(100)).number(0, 0));
    String more = "SELECT 1 IN (" + repeat("?", ",", 101) + ")";
    Check.refused("101 parameters", () -> sql.query(more, ones(101)));
  }

  private static void paramCount(SqlStorage sql) {
    Check.refused("a missing parameter", () -> sql.query("SELECT ?, ?", 1));
    Check.refused("a parameter too many", () -> sql.query("SELECT ?", 1, 2));
    Check.refused("a parameter for nothing", () -> sql.query("SELECT 1", 1));
  }

  private static void paramTypes(SqlStorage sql) {
    Check.refused("a Boolean", () -> sql.query("SELECT ?", true));
    Check.refused("a Float", () -> sql.query("SELECT ?", 1f));
    Check.refused("a Character", () -> sql.query("SELECT ?", 'c'));
    Check.refused("an Object", () -> sql.query("SELECT ?", new Object()));
    Check.refused("a List", () -> sql.query("SELECT ?", List.of()));
    Check.refused("2^53 + 1", () -> sql.query("SELECT ?", (1L << 53) + 1));
    Check.refused("the least Long", () -> sql.query("SELECT ?", Long.MIN_VALUE));
  }

  private static void textLength(SqlStorage sql) {
    String rest = "x".repeat(100_000 - "SELECT ''".length());
    Check.equal(rest, sql.query("SELECT '" + rest + "'").text(0, 0));
    Check.refused("100,001 bytes", () -> sql.query("SELECT '" + rest + "x'"));
    Check.refused("bytes, not characters", () -> sql.query("SELECT '" + "é".repeat(60_000) + "'"));
  }

  private static void like(SqlStorage sql) {
    Check.number(0, sql.query("SELECT 'a' LIKE ?", "a".repeat(50)).number(0, 0));
    Check.refused("51 bytes", () -> sql.query("SELECT 'a' LIKE ?", "a".repeat(51)));
  }

  private static void depth(SqlStorage sql) {
    Check.number(1, sql.query("SELECT " + repeat("1", " OR ", 100)).number(0, 0));
    Check.refused("a chain of 101", () -> sql.query("SELECT " + repeat("1", " OR ", 101)));
  }

  private static void compound(SqlStorage sql) {
    Check.number(1, sql.query(repeat("SELECT 1", " UNION ", 5)).number(0, 0));
    Check.refused("six terms", () -> sql.query(repeat("SELECT 1", " UNION ", 6)));
  }

  private static void columns(SqlStorage sql) {
    Check.number(1, sql.query("SELECT " + repeat("1", ",", 100)).number(0, 99));
    Check.refused("101 columns", () -> sql.query("SELECT " + repeat("1", ",", 101)));
  }

  private static void arguments(SqlStorage sql) {
    Check.number(1, sql.query("SELECT max(" + repeat("1", ",", 127) + ")").number(0, 0));
    Check.refused("128", () -> sql.query("SELECT max(" + repeat("1", ",", 128) + ")"));
  }

  private static void pragmas(SqlStorage sql) {
    Check.equal("k", sql.query("PRAGMA table_info(t)").text(0, 1));
    Check.equal("k", sql.query("SELECT name FROM pragma_table_info('t')").text(0, 0));
    Check.refused("PRAGMA page_count", () -> sql.query("PRAGMA page_count"));
  }
}
