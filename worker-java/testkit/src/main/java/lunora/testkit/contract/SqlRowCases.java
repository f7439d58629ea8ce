package lunora.testkit.contract;

import static lunora.testkit.contract.SqlStorageContract.count;
import static lunora.testkit.contract.SqlStorageContract.onTable;

import java.util.List;
import lunora.host.local.SqlRows;
import lunora.host.local.SqlStorage;
import org.jspecify.annotations.Nullable;

/** How rows are ordered and read. */
final class SqlRowCases {

  private SqlRowCases() {}

  static List<ContractCase<SqlStorage>> cases() {
    return List.of(
        onTable("text is ordered by its UTF-8 bytes", SqlRowCases::textOrder),
        onTable("types are ordered NULL, number, text, blob", SqlRowCases::typeOrder),
        onTable("an int64 is rounded to a double", SqlRowCases::rounding),
        onTable("a query may find nothing", SqlRowCases::nothing),
        onTable("two columns may have one name", SqlRowCases::sameName),
        onTable("all rows are there after the table is gone", SqlRowCases::drained),
        onTable("a column of another type is refused", SqlRowCases::wrongType),
        onTable("a column or row that is not there is refused", SqlRowCases::wrongPlace),
        onTable("a JSON column is passed on", SqlRowCases::json),
        onTable("several statements run in order", SqlRowCases::several),
        onTable("a trigger's body is not cut into statements", SqlRowCases::trigger),
        onTable("an insert may return rows", SqlRowCases::returning),
        onTable("the database has a size", sql -> Check.that(sql.sizeBytes() > 0, "size")));
  }

  private static void insertAll(SqlStorage sql, @Nullable Object... values) {
    for (Object value : values) {
      sql.execute("INSERT INTO t (v) VALUES (?)", value);
    }
  }

  private static void textOrder(SqlStorage sql) {
    // By UTF-16 units the surrogate pair would come before U+FFFD.
    String[] ordered = {"", "A", "Z", "a", "aa", "b", "é", "\uFFFD", "\uD83D\uDE00"};
    insertAll(sql, "\uD83D\uDE00", "b", "\uFFFD", "aa", "Z", "é", "", "a", "A");
    SqlRows rows = sql.query("SELECT v FROM t ORDER BY v");
    for (int i = 0; i < ordered.length; i++) {
      Check.equal(ordered[i], rows.text(i, 0));
    }
  }

  private static void typeOrder(SqlStorage sql) {
    insertAll(sql, new byte[] {0}, "", "10", 9, 10, 1e300, Double.NEGATIVE_INFINITY, null);
    SqlRows rows = sql.query("SELECT v FROM t ORDER BY v");
    Check.that(rows.isNull(0, 0), "null first");
    Check.number(Double.NEGATIVE_INFINITY, rows.number(1, 0));
    Check.number(9, rows.number(2, 0));
    Check.number(10, rows.number(3, 0));
    Check.number(1e300, rows.number(4, 0));
    Check.equal("", rows.text(5, 0));
    Check.equal("10", rows.text(6, 0));
    Check.bytes(new byte[] {0}, rows.blob(7, 0));
  }

  private static void rounding(SqlStorage sql) {
    sql.execute("INSERT INTO t (k, v) VALUES (9007199254740993, 9007199254740993)");
    SqlRows rows = sql.query("SELECT k, v FROM t");
    Check.number(9_007_199_254_740_992.0, rows.number(0, 0));
    Check.number(9_007_199_254_740_992.0, rows.number(0, 1));
  }

  private static void nothing(SqlStorage sql) {
    SqlRows rows = sql.query("SELECT v FROM t");
    Check.equal(0, rows.size());
    Check.equal("[]", rows.jsonArray(0).toString());
  }

  private static void sameName(SqlStorage sql) {
    SqlRows rows = sql.query("SELECT 1 AS a, 'x' AS a");
    Check.number(1, rows.number(0, 0));
    Check.equal("x", rows.text(0, 1));
  }

  private static void drained(SqlStorage sql) {
    insertAll(sql, "a", "b", "c");
    SqlRows rows = sql.query("SELECT v FROM t ORDER BY k");
    sql.execute("DROP TABLE t");
    Check.equal(3, rows.size());
    Check.equal("c", rows.text(2, 0));
    Check.equal("a", rows.text(0, 0));
  }

  private static void wrongType(SqlStorage sql) {
    SqlRows rows = sql.query("SELECT 1, 'x', x'00', NULL");
    Check.refused("text of a number", () -> rows.text(0, 0));
    Check.refused("number of a text", () -> rows.number(0, 1));
    Check.refused("text of a blob", () -> rows.text(0, 2));
    Check.refused("blob of a text", () -> rows.blob(0, 1));
    Check.refused("text of null", () -> rows.text(0, 3));
    Check.refused("number of null", () -> rows.number(0, 3));
    Check.refused("json of a number", () -> rows.json(0, 0));
    Check.refused("array of numbers", () -> rows.jsonArray(0));
  }

  private static void wrongPlace(SqlStorage sql) {
    SqlRows rows = sql.query("SELECT 'x'");
    Check.refused("column 1 of 1", () -> rows.text(0, 1));
    Check.refused("column -1", () -> rows.text(0, -1));
    Check.refused("row 1 of 1", () -> rows.text(1, 0));
    Check.refused("row 1 of 1", () -> rows.isNull(1, 0));
  }

  private static void json(SqlStorage sql) {
    insertAll(sql, "{\"n\":1}", "[\"é\"]", "null");
    SqlRows rows = sql.query("SELECT v FROM t ORDER BY k");
    Check.equal("[\"é\"]", rows.json(1, 0).toString());
    Check.equal("[{\"n\":1},[\"é\"],null]", rows.jsonArray(0).toString());
  }

  private static void several(SqlStorage sql) {
    sql.execute("INSERT INTO t (v) VALUES ('a;b'); -- not; these\nINSERT INTO t (v) VALUES (2);\n");
    Check.number(2, count(sql));
  }

  private static void trigger(SqlStorage sql) {
    sql.execute(
        "DROP TABLE IF EXISTS u; CREATE TABLE u (a);"
            + " CREATE TRIGGER r AFTER INSERT ON u BEGIN"
            + " INSERT INTO t (v) VALUES (CASE WHEN new.a THEN 'yes' END); SELECT 1; END;"
            + " INSERT INTO u (a) VALUES (5)");
    Check.equal("yes", sql.query("SELECT v FROM t").text(0, 0));
  }

  private static void returning(SqlStorage sql) {
    SqlRows rows = sql.query("INSERT INTO t (k, v) VALUES (?, ?) RETURNING k", 5, "x");
    Check.number(5, rows.number(0, 0));
    Check.number(1, count(sql));
  }
}
